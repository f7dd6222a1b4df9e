package dev.lockstep.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.DoubleNode;
import dev.lockstep.gate.Verdict;
import dev.lockstep.report.VerdictSummary;
import dev.lockstep.run.RunLog;
import dev.lockstep.run.Sample;
import dev.lockstep.stack.LaunchOverrides;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A stack that Lockstep starts itself, and that lost its scores: the test that fires is made again, of two server starts. */
@Tag("real")
final class ConfirmedRealStackTest {
    private static final double FAR_TOO_NEAR = 0.1;

    @TempDir
    static Path folder;

    private static TestedStack stack;

    @BeforeAll
    static void record() throws IOException, InterruptedException {
        stack = new TestedStack(
                folder, "tiny-qwen3-vl-opaque", SmallSuites.shipped().resolve("tiny-text"));
        stack.baseline(2);
    }

    @AfterAll
    static void stop() throws IOException {
        stack.close();
    }

    @Test
    void asks_the_same_start_and_then_another_that_was_started_alike() throws IOException, InterruptedException {
        stack.start(LaunchOverrides.none().with("rope_freq_scale", DoubleNode.valueOf(FAR_TOO_NEAR)));

        Wrapper.Result night = stack.night();

        assertThat(night.exitCode()).as(night.toString()).isEqualTo(1);
        VerdictSummary verdict = TestedStack.verdict(night);
        assertThat(verdict.scope()).contains(Verdict.Scope.STACK);
        assertThat(verdict.reasons().getFirst())
                .matches(
                        "L4: \\d+ of 35 samples differ; .*; the screen fired \\(p [^)]*\\), and fresh answers confirm it"
                                + " \\(p [^)]*\\); another server start shows it, too \\(p [^)]*\\)");
        RunLog log = RunLog.read(TestedStack.named(night, "verdict ").resolveSibling("run.jsonl"));
        List<String> starts =
                log.confirms().stream().map(Sample::epoch).distinct().toList();
        assertThat(log.confirms()).hasSize(4 * 35);
        assertThat(starts).hasSize(2).startsWith(log.header().epoch());
    }
}
