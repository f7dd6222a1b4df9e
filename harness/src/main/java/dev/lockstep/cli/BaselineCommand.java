package dev.lockstep.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lockstep.baseline.Baseline;
import dev.lockstep.baseline.BaselineRun;
import dev.lockstep.baseline.Calibration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;

/** Records and approves what "unchanged" means. */
@Command(
        name = "baseline",
        mixinStandardHelpOptions = true,
        description =
                "Record runs under a lock, look at them, and approve them as its baseline: what 'unchanged' means.",
        footer = {
            "",
            "Example: ${ROOT-COMMAND-NAME} baseline record --stack baselines/tiny-qwen3-vl \\",
            "           --suites suites",
            "         ${ROOT-COMMAND-NAME} baseline show --stack baselines/tiny-qwen3-vl"
        },
        exitCodeOnInvalidInput = ExitCode.USAGE,
        subcommands = {BaselineRecordCommand.class, BaselineApproveCommand.class, BaselineShowCommand.class})
final class BaselineCommand extends Group {

    static String text(Baseline baseline) {
        List<String> lines = new ArrayList<>();
        lines.add("baseline of " + baseline.lockId());
        lines.add("approved by " + baseline.approvedBy() + ": " + baseline.why());
        baseline.runs().forEach(run -> lines.add(RecordedRuns.line(run.manifest())));
        lines.addAll(new Refusals(baseline.runs().stream().map(BaselineRun::log).toList()).lines());
        baseline.calibrations().forEach(noise -> lines.add("  " + noise + conclusion(noise)));
        lines.addAll(days(baseline));
        lines.addAll(missing(baseline));
        return String.join("\n", lines);
    }

    private static List<String> missing(Baseline baseline) {
        int there = baseline.runs().size();
        int needed = baseline.runsNeeded();
        return needed == there
                ? List.of()
                : List.of(
                        "runs: " + there + " of the " + needed + " that this baseline needs to know its noise; record "
                                + (needed - there) + " more and approve them together");
    }

    private static List<String> days(Baseline baseline) {
        List<LocalDate> days = baseline.days();
        if (days.isEmpty()) {
            return List.of();
        }
        if (days.size() > 1) {
            return List.of("days: " + days.size() + ", " + days.getFirst() + " to " + days.getLast());
        }
        return List.of(
                "days: 1, " + days.getFirst()
                        + "; noise that differs from day to day is not in it: where answers vary, record some runs on another day");
    }

    private static String conclusion(Calibration noise) {
        if (noise.detector().equals("L3")) {
            return ofSamples(noise);
        }
        if (noise.gates()) {
            return "";
        }
        return isOfScores(noise)
                ? ": no change can be told from noise, and a run passes only while no score moves; it "
                        + noise.missing()
                : undecided(noise);
    }

    private static String undecided(Calibration noise) {
        return ": cannot decide a verdict; " + noise.missing();
    }

    /** Scores that nobody knows the noise of may still be the same. */
    private static boolean isOfScores(Calibration noise) {
        return noise.detector().equals("L4") && noise.noise() == Calibration.Noise.UNCALIBRATED && !noise.hasNothing();
    }

    /** Samples are never equal; what is known is whether the fingerprints repeat. */
    private static String ofSamples(Calibration noise) {
        if (noise.noise() == Calibration.Noise.DETERMINISTIC) {
            return ": the fingerprints repeat, so samples are judged by permutation within prompts";
        }
        return noise.gates() ? ": samples are judged by how much they vary between these runs" : undecided(noise);
    }

    static ObjectNode json(Baseline baseline) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("lockId", baseline.lockId())
                .put("approvedBy", baseline.approvedBy())
                .put("why", baseline.why());
        node.put("runsNeeded", baseline.runsNeeded());
        node.set("runs", array(baseline.runs().stream().map(BaselineRun::runId).toList()));
        node.set("days", array(baseline.days().stream().map(LocalDate::toString).toList()));
        for (Calibration calibration : baseline.calibrations()) {
            node.putObject(calibration.detector())
                    .put("noise", calibration.noise().name())
                    .put("runs", calibration.runs())
                    .put("samples", calibration.samples())
                    .put("comparisons", calibration.comparisons())
                    .put("mismatches", calibration.mismatches());
        }
        return node;
    }

    static ArrayNode array(List<String> texts) {
        ArrayNode array = JsonNodeFactory.instance.arrayNode();
        texts.forEach(array::add);
        return array;
    }
}
