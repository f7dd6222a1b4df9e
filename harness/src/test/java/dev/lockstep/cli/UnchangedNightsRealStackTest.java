package dev.lockstep.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.TextNode;
import dev.lockstep.report.VerdictJson;
import dev.lockstep.report.VerdictSummary;
import dev.lockstep.stack.LaunchOverrides;
import dev.lockstep.stack.StackConfig;
import dev.lockstep.stack.StackConfigReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Nights of a stack that nobody changed, each on a server start of its own, and on the noisy one nights of a stack that somebody did.
 *
 * <p>The noise is the real noise of scheduling, so no seed can make it repeat. The noisy stack has ten calibration runs: of thirty
 * unchanged nights at least 28 must pass, and none may be drift; of a sound gate's nights one in 400 is drift at the most, and one
 * in forty undecided. By equality a night is green only when none of its 106 fingerprints differs, while nearly all do.
 */
@Tag("real")
@Tag("slow")
final class UnchangedNightsRealStackTest {
    private static final int EXACT_NIGHTS = 10;
    private static final int NOISY_NIGHTS = 30;
    private static final int NOISY_RUNS = 10;
    private static final int ROUNDED_NIGHTS = 5;

    @TempDir
    Path folder;

    /** What came of one night. */
    private record Night(String change, String verdict, String byEquality, String reasons) {
        boolean is(String expected) {
            return verdict.equals(expected);
        }
    }

    @Test
    void of_the_exact_stack_pass_ten_of_ten() throws IOException, InterruptedException {
        List<Night> nights = new ArrayList<>();
        try (TestedStack stack = new TestedStack(folder, "tiny-qwen3-vl", SmallSuites.shipped())) {
            stack.baseline(4);
            while (nights.size() < EXACT_NIGHTS) {
                nights.add(night(stack, "none", LaunchOverrides.none()));
            }
        }

        Measured.write("exact", table(nights));
        assertThat(nights).extracting(Night::verdict).hasSize(EXACT_NIGHTS).containsOnly("PASS");
    }

    @Test
    void of_the_noisy_stack_pass_by_calibration_and_are_red_by_equality_while_changes_are_found()
            throws IOException, InterruptedException {
        List<Night> unchanged = new ArrayList<>();
        List<Night> changed = new ArrayList<>();
        try (TestedStack stack = new TestedStack(folder, opaqueNoisy(), SmallSuites.shipped())) {
            stack.baseline(NOISY_RUNS);
            Path model = stack.config().files().weights().orElseThrow();
            while (unchanged.size() < NOISY_NIGHTS) {
                unchanged.add(night(stack, "none", LaunchOverrides.none()));
            }
            changed.add(night(
                    stack, "weights rounded through Q4_0", at(stack.variants().rounded(model, "Q4_0"))));
            changed.add(night(stack, "chat template", at(stack.variants().otherTemplate(model))));
            for (int i = 0; i < ROUNDED_NIGHTS; i++) {
                changed.add(night(
                        stack,
                        "weights rounded through Q8_0",
                        at(stack.variants().rounded(model, "Q8_0"))));
            }
        }

        Measured.write("noisy", table(unchanged));
        Measured.write("noisy-changed", table(changed));
        assertThat(unchanged).filteredOn(night -> night.is("PASS")).hasSizeGreaterThanOrEqualTo(28);
        assertThat(unchanged).noneMatch(night -> night.is("DRIFT"));
        assertThat(unchanged)
                .filteredOn(night -> night.byEquality().equals("DRIFT"))
                .hasSizeGreaterThanOrEqualTo(28);
        assertThat(changed.subList(0, 2)).allMatch(night -> night.is("DRIFT"));
    }

    /** The noisy stack of which nothing is read, so that a changed file does not break its lock. */
    private StackConfig opaqueNoisy() throws IOException {
        Path shipped = TestedStack.shipped("tiny-qwen3-vl-noisy");
        String text = Files.readString(shipped.resolve("stack.yaml"))
                .replace("visibility: visible", "visibility: opaque\ndeclared: {weights: as shipped}")
                .replace("../", shipped.resolveSibling("") + "/");
        return StackConfigReader.read(Files.writeString(folder.resolve("stack.yaml"), text));
    }

    private static LaunchOverrides at(Path model) {
        return LaunchOverrides.none().with("model.path", TextNode.valueOf(model.toString()));
    }

    private Night night(TestedStack stack, String change, LaunchOverrides launch)
            throws IOException, InterruptedException {
        stack.start(launch);
        Wrapper.Result result = stack.night();
        VerdictSummary verdict = TestedStack.verdict(result);
        assertThat(result.exitCode()).as(result.toString()).isEqualTo(verdict.exitCode());
        Path again = folder.resolve("again");
        Path equality = Files.writeString(folder.resolve("equality.yaml"), "schema: gate/1\njudging: equality\n");
        stack.report(TestedStack.named(result, "verdict ").resolveSibling("run.jsonl"), again, "--gate", equality);
        return new Night(
                change,
                verdict.verdict(),
                VerdictJson.read(again.resolve("verdict.json")).verdict(),
                String.join("<br>", told(verdict)));
    }

    /** A passing night tells what its detectors saw; any other one why it did not pass. */
    private static List<String> told(VerdictSummary verdict) {
        return verdict.reasons().stream()
                .filter(reason -> !reason.contains("smallest change that this run would have seen"))
                .filter(reason ->
                        !verdict.verdict().equals("PASS") || reason.contains("fired") || reason.startsWith("L1"))
                .toList();
    }

    private static String table(List<Night> nights) {
        StringBuilder table = new StringBuilder("""
                | night | changed | calibrated | the same log, by bare equality | why |
                |---|---|---|---|---|
                """);
        for (int i = 0; i < nights.size(); i++) {
            Night night = nights.get(i);
            table.append("| ").append(i + 1).append(" | ").append(night.change());
            table.append(" | ").append(night.verdict()).append(" | ").append(night.byEquality());
            table.append(" | ").append(night.reasons().replace("|Δlogprob|", "abs. Δlogprob"));
            table.append(" |\n");
        }
        return table.toString();
    }
}
