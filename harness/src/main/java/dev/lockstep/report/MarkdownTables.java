package dev.lockstep.report;

import dev.lockstep.gate.Finding;
import dev.lockstep.job.RunResult;
import dev.lockstep.lock.Check;
import java.util.ArrayList;
import java.util.List;

/** The tables of the Markdown summary, line by line; empty when there is nothing to tell. */
final class MarkdownTables {
    private MarkdownTables() {}

    static List<String> findings(RunResult result) {
        if (result.findings().isEmpty()) {
            return List.of();
        }
        List<String> lines = new ArrayList<>(Markdown.header(
                "Detector", "Result", "Changed", "Effect", "Severity", "Would have seen", "Decided by", "p"));
        for (Finding finding : result.findings()) {
            String share = Figures.share(finding);
            lines.add(Markdown.row(
                    finding.detector(),
                    finding.result().name(),
                    share,
                    Markdown.text(finding.effect()),
                    Figures.severity(finding.severity()),
                    finding.reach().isEmpty() ? "–" : Markdown.text(finding.reach()),
                    Markdown.text(finding.basis().words()),
                    Markdown.text(Figures.pValue(finding))));
        }
        return lines;
    }

    static List<String> suites(RunResult result) {
        if (result.suites().isEmpty()) {
            return List.of();
        }
        List<String> lines =
                new ArrayList<>(Markdown.header("Suite", "Samples", "Tonight", "Baseline", "Difference", "Flipped"));
        for (RunResult.SuiteSummary suite : result.suites()) {
            lines.add(Markdown.row(
                    Markdown.text(suite.suite()),
                    String.valueOf(suite.samples()),
                    Figures.score(suite.tonight()),
                    suite.baseline().map(Figures::score).orElse("–"),
                    suite.baseline()
                            .map(mean -> Figures.signed(suite.tonight() - mean))
                            .orElse("–"),
                    String.valueOf(suite.flipped())));
        }
        return lines;
    }

    static List<String> replicas(RunResult result) {
        List<ReplicaRow> rows = ReplicaRow.all(result);
        if (rows.isEmpty()) {
            return List.of();
        }
        List<String> lines = new ArrayList<>(Markdown.header("Replica", "Address", "State", "Verified as", "Samples"));
        rows.forEach(row -> lines.add(Markdown.row(
                Markdown.text(row.state().name()),
                Markdown.code(row.state().url().toString()),
                row.status().equals("match") ? "match" : "**" + row.status() + "**",
                Markdown.text(row.state().told()),
                row.samples())));
        return lines;
    }

    static List<String> layers(RunResult result) {
        if (result.checks().isEmpty()) {
            return List.of();
        }
        List<String> lines = new ArrayList<>(Markdown.header("Layer", "State", "Locked", "Found", "Step", "Evidence"));
        LayerRow.all(result).forEach(row -> lines.add(layer(row)));
        return lines;
    }

    private static String layer(LayerRow row) {
        String words = row.status().words();
        String state = row.status().alarms() ? "**" + words + "**" : words;
        if (row.telling().isEmpty()) {
            boolean looked = !row.checks().isEmpty();
            return Markdown.row(
                    row.layer().key(),
                    state,
                    row.extent(),
                    row.agreement(),
                    looked ? row.steps() : "",
                    looked ? "" : row.steps());
        }
        Check check = row.telling().get();
        String evidence = check.note().isEmpty() ? check.field() : check.field() + ": " + check.note();
        return Markdown.row(
                row.layer().key(),
                state,
                Markdown.code(check.expected()),
                Markdown.code(check.actual()),
                Markdown.text(check.place()),
                Markdown.text(evidence));
    }
}
