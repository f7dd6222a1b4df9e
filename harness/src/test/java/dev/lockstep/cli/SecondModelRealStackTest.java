package dev.lockstep.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.IntNode;
import dev.lockstep.lock.Layer;
import dev.lockstep.report.VerdictSummary;
import dev.lockstep.stack.LaunchOverrides;
import dev.lockstep.stack.StackConfigReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A model that others trained and quantized, out of a package: SmolLM2 takes the same way as the tiny one. */
@Tag("real")
final class SecondModelRealStackTest {
    @TempDir
    static Path folder;

    private static TestedStack stack;

    @BeforeAll
    static void record() throws IOException, InterruptedException {
        // A copy, so that the fetched model is linked to beside it and not in the checkout.
        Path copy = Files.copy(TestedStack.shipped("smollm2-135m").resolve("stack.yaml"), folder.resolve("stack.yaml"));
        stack = new TestedStack(folder, StackConfigReader.read(copy), SmallSuites.fewFingerprints(folder));
        // One run is all that equality needs; six prompts are too few to measure that there is no noise.
        Files.writeString(stack.folder().gate(), "schema: gate/1\njudging: equality\n");
        stack.baseline(1);
    }

    @AfterAll
    static void stop() throws IOException {
        stack.close();
    }

    @Test
    void matches_its_lock_and_passes_when_the_unchanged_server_was_restarted()
            throws IOException, InterruptedException {
        stack.restart();

        Wrapper.Result verified = stack.verify();
        Wrapper.Result night = stack.night();

        assertThat(verified.exitCode()).as(verified.toString()).isZero();
        assertThat(verified.output())
                .containsPattern("(?m)^weights +MATCH \\d+$")
                .containsPattern("(?m)^tokenizer +MATCH \\d+$")
                .containsPattern("(?m)^template +MATCH \\d+$")
                .containsPattern("(?m)^engine +MATCH \\d+$")
                .containsPattern("(?m)^launch +MATCH \\d+$")
                .endsWith("the stack is the locked one, as far as it can be seen\n");
        assertThat(night.exitCode()).as(night.toString()).isZero();
        assertThat(TestedStack.verdict(night).verdict()).isEqualTo("PASS");
        assertThat(TestedStack.verdict(night).reasons())
                .containsExactly(
                        "L1: 0 of 6 samples differ; IDENTICAL: every token is the baseline's",
                        "L2: 0 of 6 samples differ; IDENTICAL: every log-probability is the baseline's, to the last bit",
                        "L2: the decode half alone; the endpoint gave no log-probabilities of prompt tokens. In their place the"
                                + " decode half looks at what follows the prompts: a change of how they are read goes unseen where no"
                                + " answer shows it",
                        "L3: not judged; no suite of this run has role 'samples'. In its place L1 looks at the answers of its prompts"
                                + " that are sampled with fixed seeds: a server that samples in another way goes unseen where these"
                                + " do not move",
                        "L4: not judged; no score was compared, because every suite of this run has another role than"
                                + " 'scores', or is advisory",
                        "L1: smallest change that this run would have seen: one token of one answer",
                        "L2: smallest change that this run would have seen: one bit of one log-probability");
    }

    @Test
    void names_the_launch_when_a_flag_was_set() throws IOException, InterruptedException {
        stack.start(LaunchOverrides.none().with("n_batch", IntNode.valueOf(512)));

        Wrapper.Result night = stack.night();

        assertThat(night.exitCode()).as(night.toString()).isEqualTo(2);
        VerdictSummary verdict = TestedStack.verdict(night);
        assertThat(verdict.verdict()).isEqualTo("LOCK_BROKEN");
        assertThat(verdict.layers()).containsExactly(Layer.LAUNCH);
    }
}
