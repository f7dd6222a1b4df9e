package dev.lockstep.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.report.VerdictJson;
import dev.lockstep.report.VerdictSummary;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Ten nights of a stack that nobody changed, each on a server start of its own.
 *
 * <p>The noise is the real noise of scheduling, so no seed can make it repeat, and each bound leaves room for chance. With one
 * false alarm in a hundred nights and seven calibration runs a sound gate calls at least three of ten unchanged nights drift
 * once in 180 times (two: once in 56), since all ten share the same seven runs; that was simulated with normal distances. Hence
 * eight of ten must pass. By equality a night is green only when none of its 106 fingerprints differs, while nearly all do.
 */
@Tag("real")
@Tag("slow")
final class TenNightsRealStackTest {
    private static final int NIGHTS = 10;

    @TempDir
    Path folder;

    /** What came of one night. */
    private record Night(String verdict, String byEquality, String firstReason) {}

    @Test
    void of_the_exact_stack_pass_ten_of_ten() throws IOException, InterruptedException {
        List<Night> nights = tell("tiny-qwen3-vl", 4);

        Measured.write("exact", table(nights));
        assertThat(nights).extracting(Night::verdict).hasSize(NIGHTS).containsOnly("PASS");
    }

    @Test
    void of_the_noisy_stack_are_red_by_equality_and_pass_by_calibration() throws IOException, InterruptedException {
        List<Night> nights = tell("tiny-qwen3-vl-noisy", 7);

        Measured.write("noisy", table(nights));
        assertThat(nights)
                .filteredOn(night -> night.byEquality().equals("DRIFT"))
                .hasSizeGreaterThanOrEqualTo(8);
        assertThat(nights).filteredOn(night -> night.verdict().equals("PASS")).hasSizeGreaterThanOrEqualTo(8);
    }

    private List<Night> tell(String name, int runs) throws IOException, InterruptedException {
        List<Night> nights = new ArrayList<>();
        try (TestedStack stack = new TestedStack(folder, name, SmallSuites.shipped())) {
            stack.baseline(runs);
            while (nights.size() < NIGHTS) {
                stack.restart();
                nights.add(night(stack));
            }
        }
        return nights;
    }

    private Night night(TestedStack stack) throws IOException, InterruptedException {
        Wrapper.Result result = stack.night();
        VerdictSummary verdict = TestedStack.verdict(result);
        assertThat(result.exitCode()).isEqualTo(verdict.exitCode());
        Path file = TestedStack.named(result, "verdict ");
        Path log = file.resolveSibling("run.jsonl");
        Path again = folder.resolve("again");
        assertThat(stack.report(log, again).exitCode()).isEqualTo(result.exitCode());
        assertThat(again.resolve("verdict.json")).hasSameBinaryContentAs(file);
        Path equality = Files.writeString(folder.resolve("equality.yaml"), "schema: gate/1\njudging: equality\n");
        stack.report(log, again, "--gate", equality);
        return new Night(
                verdict.verdict(),
                VerdictJson.read(again.resolve("verdict.json")).verdict(),
                verdict.reasons().getFirst());
    }

    private static String table(List<Night> nights) {
        StringBuilder table = new StringBuilder("""
                | night | calibrated | the same log, by bare equality | what the fingerprint says |
                |---|---|---|---|
                """);
        for (int i = 0; i < nights.size(); i++) {
            Night night = nights.get(i);
            table.append("| ").append(i + 1).append(" | ").append(night.verdict());
            table.append(" | ").append(night.byEquality());
            table.append(" | ").append(night.firstReason().replace("|Δlogprob|", "abs. Δlogprob"));
            table.append(" |\n");
        }
        return table.toString();
    }
}
