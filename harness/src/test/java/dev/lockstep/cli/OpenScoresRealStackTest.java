package dev.lockstep.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.DoubleNode;
import dev.lockstep.run.RunLog;
import dev.lockstep.stack.LaunchOverrides;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A stack that lost its scores, beside a baseline of too few runs. */
@Tag("real")
final class OpenScoresRealStackTest {
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

    /** Two runs of 35 samples do not measure how much unchanged starts differ, so that nothing can be told from it. */
    @Test
    void calls_no_loss_drift_whose_noise_nobody_measured() throws IOException, InterruptedException {
        stack.start(LaunchOverrides.none().with("rope_freq_scale", DoubleNode.valueOf(FAR_TOO_NEAR)));

        Wrapper.Result night = stack.night();

        assertThat(night.exitCode()).as(night.toString()).isEqualTo(3);
        assertThat(TestedStack.verdict(night).reasons().getFirst())
                .matches(
                        "L4: \\d+ of 35 samples differ; \\d+ of 35 cases fell, \\d+ rose; change -[0-9.]+ pp \\(95 % interval .*"
                                + " to -[0-9.]+ pp\\); a loss of 2\\.0 pp is not ruled out \\(p 1\\.000\\); not deciding: p [^ ]+ by"
                                + " cases \\(exact CMH\\), for nobody knows how much unchanged runs differ: needs 300 comparisons between"
                                + " runs, it has 35; record 8 more, 10 runs in all; where unchanged scores differ, 10 runs in all");
        assertThat(RunLog.read(TestedStack.named(night, "verdict ").resolveSibling("run.jsonl"))
                        .confirms())
                .isEmpty();
    }
}
