package dev.lockstep.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lockstep.baseline.Baseline;
import dev.lockstep.baseline.BaselineRun;
import dev.lockstep.baseline.Calibration;
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
        Calibration prints = baseline.fingerprint();
        lines.add("  " + prints + (prints.gates() ? "" : ": cannot decide a verdict; " + prints.missing()));
        lines.add("  " + baseline.scores());
        return String.join("\n", lines);
    }

    static ObjectNode json(Baseline baseline) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("lockId", baseline.lockId())
                .put("approvedBy", baseline.approvedBy())
                .put("why", baseline.why());
        node.set("runs", array(baseline.runs().stream().map(BaselineRun::runId).toList()));
        for (Calibration calibration : List.of(baseline.fingerprint(), baseline.scores())) {
            node.putObject(calibration.detector())
                    .put("noise", calibration.noise().name())
                    .put("runs", calibration.runs())
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
