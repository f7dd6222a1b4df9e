package dev.lockstep.report;

import dev.lockstep.gate.Finding;
import dev.lockstep.job.RunResult;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** The verdict as Markdown, for the summary page of a CI job: what, why, how big, what next. */
public final class MarkdownSummary {
    private static final int MOST_EVIDENCE = 20;

    private final RunResult result;
    private final List<String> lines = new ArrayList<>();

    private MarkdownSummary(RunResult result) {
        this.result = result;
    }

    /** Returns the whole page; equal results give equal bytes. */
    public static String text(RunResult result) {
        MarkdownSummary summary = new MarkdownSummary(result);
        summary.headline();
        summary.next();
        summary.notes();
        summary.table("Findings", MarkdownTables.findings(result));
        summary.table("Scores", MarkdownTables.suites(result));
        summary.evidence("Flipped cases", MarkdownSummary::isScore);
        summary.evidence("First differences", one -> !isScore(one));
        summary.table("Replicas", MarkdownTables.replicas(result));
        summary.table("Layers", MarkdownTables.layers(result));
        summary.unbaselined();
        return String.join("\n", summary.lines) + "\n";
    }

    private void headline() {
        lines.add("## " + result.verdict().name() + " · " + Markdown.text(result.stack()) + " · exit code "
                + result.verdict().exitCode());
        lines.add("");
        lines.add("**" + VerdictWords.meaning(result) + "**");
        lines.add("");
        result.verdict().reasons().forEach(reason -> lines.add("- " + Markdown.text(reason)));
        if (!result.verdict().layers().isEmpty()) {
            lines.add("- " + VerdictWords.naming(result.verdict()) + ": **" + VerdictWords.layers(result.verdict())
                    + "**");
        }
        VerdictWords.attribution(result).ifPresent(sentence -> lines.add("- " + Markdown.text(sentence)));
        lines.add("");
        lines.add(facts());
        lines.add("");
        lines.add("Policy: " + Markdown.text(PolicyLine.of(result.policy())) + ".");
    }

    private String facts() {
        RunResult.Counts counts = result.counts();
        String run = result.header()
                .map(header -> ", run " + Markdown.code(header.runId()))
                .orElse("");
        String baseline = result.baseline()
                .map(approved ->
                        ", baseline of " + Figures.count(approved.runIds().size(), "run"))
                .orElse(", no baseline");
        String known =
                result.sight().coverage().map(coverage -> " (" + coverage + ")").orElse("");
        return "Lock " + Markdown.code(Figures.brief(result.lockId())) + known + ", profile "
                + Markdown.text(result.profile())
                + run + baseline + "; " + Figures.count(counts.planned(), "sample") + " planned, " + counts.answered()
                + " answered, " + counts.refused() + " refused, " + counts.failed() + " failed.";
    }

    private void next() {
        heading("What to do next");
        int number = 1;
        for (Guidance.Step step : Guidance.steps(result)) {
            lines.add(number++ + ". " + Markdown.text(step.sentence()));
            if (!step.commands().isEmpty()) {
                lines.add("   ```sh");
                step.commands().forEach(line -> lines.add("   " + line));
                lines.add("   ```");
            }
        }
    }

    private void notes() {
        if (!result.diagnosis().notes().isEmpty()) {
            heading("Beside the verdict");
            result.diagnosis().notes().forEach(note -> lines.add("- " + Markdown.text(note)));
        }
    }

    private void evidence(String title, Predicate<Finding.Evidence> kind) {
        List<Finding.Evidence> evidence = result.findings().stream()
                .flatMap(finding -> finding.evidence().stream())
                .filter(kind)
                .toList();
        if (evidence.isEmpty()) {
            return;
        }
        heading(title);
        lines.addAll(Markdown.header("Sample", "What", "Baseline", "Tonight"));
        evidence.stream()
                .limit(MOST_EVIDENCE)
                .map(one -> Markdown.row(
                        Markdown.code(one.key().toString()),
                        Markdown.text(one.what()),
                        Markdown.code(one.baseline()),
                        Markdown.code(one.tonight())))
                .forEach(lines::add);
        more(evidence.size(), "verdict.json");
    }

    private static boolean isScore(Finding.Evidence evidence) {
        return evidence.what().startsWith("score");
    }

    /** Adds a table under its heading; nothing without rows. */
    private void table(String title, List<String> rows) {
        if (!rows.isEmpty()) {
            heading(title);
            lines.addAll(rows);
        }
    }

    private void unbaselined() {
        if (result.unbaselined().isEmpty()) {
            return;
        }
        heading("Not in the baseline");
        result.unbaselined().stream().limit(MOST_EVIDENCE).forEach(path -> lines.add("- " + Markdown.code(path)));
        more(result.unbaselined().size(), "verdict.json");
    }

    private void more(int size, String where) {
        if (size > MOST_EVIDENCE) {
            lines.add("");
            lines.add((size - MOST_EVIDENCE) + " more stand in " + Markdown.code(where) + ".");
        }
    }

    private void heading(String title) {
        lines.add("");
        lines.add("### " + title);
        lines.add("");
    }
}
