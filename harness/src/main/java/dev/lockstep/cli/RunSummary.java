package dev.lockstep.cli;

import dev.lockstep.gate.Verdict;
import dev.lockstep.job.RunOutcome;
import dev.lockstep.job.RunResult;
import dev.lockstep.lock.Check;
import dev.lockstep.report.Guidance;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What a terminal shows of a finished run. */
final class RunSummary {

    private RunSummary() {}

    static String text(RunOutcome outcome) {
        Verdict verdict = outcome.result().verdict();
        List<String> lines = new ArrayList<>();
        lines.add(verdict.title() + "  (exit code " + verdict.exitCode() + ")");
        verdict.reasons().forEach(reason -> lines.add("  " + reason));
        outcome.result().diagnosis().attribution().ifPresent(found -> lines.add("  " + found.sentence()));
        outcome.result().suites().forEach(suite -> lines.add(line(suite)));
        outcome.result().sight().replicas().ifPresent(replicas -> lines.addAll(ReplicaLines.of(replicas)));
        outcome.result().sight().coverage().ifPresent(known -> lines.add("lock    " + known));
        if (outcome.result().checks().stream().anyMatch(check -> check.step() == Check.Step.DISK)) {
            lines.add("read    " + outcome.result().place().tier());
        }
        CheckTable.unread(outcome.result().checks()).forEach(note -> lines.add("note    not compared: " + note));
        outcome.result().diagnosis().notes().forEach(note -> lines.add("note    " + note));
        lines.add("verdict " + outcome.folder().verdict());
        lines.add("report  " + outcome.folder().report());
        Guidance.nextCommand(outcome.result()).ifPresent(command -> lines.add("next    " + command));
        return String.join("\n", lines);
    }

    private static String line(RunResult.SuiteSummary suite) {
        String then = suite.baseline()
                .map(mean -> String.format(Locale.ROOT, " (baseline %.3f), %d flipped", mean, suite.flipped()))
                .orElse(", nothing of it in the baseline");
        return String.format(Locale.ROOT, "  %-20s score %.3f%s", suite.suite(), suite.tonight(), then);
    }
}
