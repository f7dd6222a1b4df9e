package dev.lockstep.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.DoubleNode;
import dev.lockstep.gate.Verdict;
import dev.lockstep.report.VerdictSummary;
import dev.lockstep.run.RunLog;
import dev.lockstep.run.Sample;
import dev.lockstep.stack.LaunchOverrides;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A stack that shows nothing but its answers, with a sampler that the requests leave to the server. */
@Tag("real")
final class SamplerRealStackTest {
    private static final String SAMPLES = "tiny-samples";

    @TempDir
    static Path folder;

    private static TestedStack stack;

    @BeforeAll
    static void record() throws IOException, InterruptedException {
        stack = new TestedStack(
                folder, "tiny-qwen3-vl-opaque", SmallSuites.greedy(folder), SmallSuites.samples(folder));
        stack.baseline(2);
    }

    @AfterAll
    static void stop() throws IOException {
        stack.close();
    }

    @Test
    void passes_an_unchanged_night_under_new_seeds() throws IOException, InterruptedException {
        stack.restart();

        Wrapper.Result night = stack.night("--gate", strict());

        assertThat(night.exitCode()).as(night.toString()).isZero();
        assertThat(TestedStack.verdict(night).verdict()).isEqualTo("PASS");
        assertThat(TestedStack.verdict(night).reasons())
                .anyMatch(reason -> reason.matches(
                        "L3: 200 sampled answers; .*; the p-value counts that 6 statistics were looked at"))
                .anyMatch(reason -> reason.startsWith("L3: smallest change that this run would have seen: similarity"));
    }

    @Test
    void drifts_by_its_samples_alone_when_the_server_samples_in_another_way() throws IOException, InterruptedException {
        stack.start(LaunchOverrides.none()
                .with("sampling.xtc_probability", DoubleNode.valueOf(0.5))
                .with("sampling.xtc_threshold", DoubleNode.valueOf(0.05)));

        Wrapper.Result night = stack.night();

        assertThat(night.exitCode()).as(night.toString()).isEqualTo(1);
        VerdictSummary verdict = TestedStack.verdict(night);
        assertThat(verdict.scope()).contains(Verdict.Scope.STACK);
        assertThat(verdict.reasons().getFirst())
                .matches("L3: 200 sampled answers; .*; the screen fired \\(p [^)]*\\), and fresh answers confirm it"
                        + " \\(p [^)]*\\); another server start shows it, too \\(p [^)]*\\)");
        assertThat(verdict.reasons()).noneMatch(reason -> reason.startsWith("L1") || reason.startsWith("L2"));
        Path file = TestedStack.named(night, "verdict ");
        assertThatSeedsAreNew(RunLog.read(file.resolveSibling("run.jsonl")));
        Path again = folder.resolve("again");
        assertThat(stack.report(file.resolveSibling("run.jsonl"), again).exitCode())
                .isEqualTo(1);
        assertThat(again.resolve("verdict.json")).hasSameBinaryContentAs(file);
    }

    /** Chance makes these levels fire in one of some million builds. */
    private static Path strict() throws IOException {
        return Files.writeString(
                folder.resolve("strict.yaml"), "schema: gate/1\nlevels: {screen: 0.0005, confirm: 0.0005}\n");
    }

    /** Two passes of this start and two of another ask for samples that nobody asked for before. */
    private static void assertThatSeedsAreNew(RunLog log) {
        assertThat(Stream.concat(log.samples().values().stream(), log.confirms().stream())
                        .filter(sample -> sample.key().suite().equals(SAMPLES))
                        .map(Sample::seed))
                .hasSize(5 * 200)
                .doesNotHaveDuplicates();
    }
}
