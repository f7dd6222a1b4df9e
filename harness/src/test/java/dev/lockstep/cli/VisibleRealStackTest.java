package dev.lockstep.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.lockstep.lock.Layer;
import dev.lockstep.report.VerdictSummary;
import dev.lockstep.stack.DriftVariants;
import dev.lockstep.stack.LaunchOverrides;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A stack whose files and process can be read: every change is named by its layer before anything is asked. */
@Tag("real")
final class VisibleRealStackTest {
    @TempDir
    static Path folder;

    private static TestedStack stack;
    private static Path model;

    @BeforeAll
    static void record() throws IOException, InterruptedException {
        stack = new TestedStack(folder, "tiny-qwen3-vl", SmallSuites.fingerprint(folder, 10));
        model = stack.config().files().weights().orElseThrow();
        stack.baseline(2);
    }

    @AfterAll
    static void stop() throws IOException {
        stack.close();
    }

    @Test
    void passes_when_the_unchanged_server_was_restarted() throws IOException, InterruptedException {
        stack.restart();

        Wrapper.Result night = stack.night();

        assertThat(night.exitCode()).as(night.toString()).isZero();
        assertThat(TestedStack.verdict(night).verdict()).isEqualTo("PASS");
        assertThat(TestedStack.verdict(night).reasons().getFirst())
                .isEqualTo("L1: 0 of 320 samples differ; IDENTICAL: every token is the baseline's");
    }

    @Test
    void names_the_template_when_another_one_lies_in_the_same_weights() throws IOException, InterruptedException {
        Wrapper.Result night = assertLockBroken(weights(stack.variants().otherTemplate(model)), Layer.TEMPLATE);

        assertThat(night.output())
                .contains(
                        "points to: template (the rendered text differs; media tokens, effective sampling, model files,"
                                + " JSON schema equal); attributed by probes");
        assertThat(stack.verify().output())
                .endsWith(
                        "LOCK BROKEN: template\npoints to: template (the rendered text differs; media tokens, effective"
                                + " sampling, model files, JSON schema equal); attributed by probes\n");
    }

    @Test
    void names_the_weights_when_they_were_rounded_under_the_same_name() throws IOException, InterruptedException {
        Wrapper.Result night = assertLockBroken(weights(stack.variants().rounded(model)), Layer.WEIGHTS);

        assertThat(night.output())
                .contains(
                        "points to: weights (files of the model differ; rendered text, token ids, media tokens, effective"
                                + " sampling, JSON schema equal); attributed by probes");
    }

    @Test
    void names_the_engine_when_another_version_serves() throws IOException, InterruptedException {
        assertLockBroken(LaunchOverrides.none().withVersion(DriftVariants.OTHER_ENGINE), Layer.ENGINE);
    }

    @Test
    void names_the_engine_when_its_version_text_is_forged() throws IOException, InterruptedException {
        String locked = stack.config().launch().orElseThrow().version();

        assertLockBroken(
                LaunchOverrides.none().withEngineDirectory(stack.variants().forgedEngine(locked)), Layer.ENGINE);
    }

    @Test
    void names_the_launch_when_a_flag_was_set() throws IOException, InterruptedException {
        Wrapper.Result night =
                assertLockBroken(LaunchOverrides.none().with("n_batch", IntNode.valueOf(512)), Layer.LAUNCH);

        assertThat(night.output())
                .contains(
                        "no effect was seen (nothing that was looked at differs; rendered text, token ids, media tokens, effective"
                                + " sampling, model files, log-probabilities, JSON schema equal; sampled answers, message, client,"
                                + " scores not looked at)");
    }

    @Test
    void calls_a_run_invalid_when_the_server_stops_in_its_middle() throws IOException, InterruptedException {
        stack.restart();
        GrowingLog growing = new GrowingLog(stack);
        Wrapper.Running night = stack.startNight();
        growing.await(night, 20);

        stack.down();
        Wrapper.Result result = night.await();

        assertThat(result.exitCode()).as(result.toString()).isEqualTo(4);
        VerdictSummary verdict = TestedStack.verdict(result);
        assertThat(verdict.verdict()).isEqualTo("INVALID");
        assertThat(verdict.layers()).isEmpty();
        assertThat(verdict.reasons().getFirst()).startsWith("the server no longer answers: ");
    }

    @Test
    void calls_a_run_invalid_when_no_server_is_up() throws IOException, InterruptedException {
        stack.down();

        Wrapper.Result night = stack.night();

        assertThat(night.exitCode()).as(night.toString()).isEqualTo(4);
        assertThat(TestedStack.verdict(night).verdict()).isEqualTo("INVALID");
        assertThat(TestedStack.verdict(night).reasons())
                .containsExactly(
                        stack.config().file()
                                + ": stack 'tiny-qwen3-vl' is not up; start it with `lockstep stack up`, or name its address with --url");
    }

    private static Wrapper.Result assertLockBroken(LaunchOverrides change, Layer layer)
            throws IOException, InterruptedException {
        stack.start(change);

        Wrapper.Result night = stack.night();

        assertThat(night.exitCode()).as(night.toString()).isEqualTo(2);
        assertThat(TestedStack.verdict(night).verdict()).isEqualTo("LOCK_BROKEN");
        assertThat(TestedStack.verdict(night).layers()).containsExactly(layer);
        return night;
    }

    private static LaunchOverrides weights(Path file) {
        return LaunchOverrides.none().with("model.path", TextNode.valueOf(file.toString()));
    }
}
