package dev.lockstep.report;

import dev.lockstep.gate.Finding;
import dev.lockstep.job.RunResult;
import java.util.List;
import java.util.Locale;

/** What the detectors found: how much, how big, by which test; nothing when none ran. */
final class FindingSection {
    private static final String LEAD =
            "L1 compares the tokens of the fingerprint prompts, L2 the log-probabilities of those tokens, L3 answers that are"
                    + " sampled anew in each run, L4 the scores of all other answers.";
    private static final String NOISE =
            "Deterministic: answers repeat bit by bit. Noisy: they do not, and the run is held against"
                    + " their spread. Uncalibrated: too few comparisons to tell; then L1 and L2 decide nothing, and L4 compares each case"
                    + " with its own scores in the approved runs, where few cases without a change prove nothing.";

    private FindingSection() {}

    static Html html(RunResult result) {
        if (result.findings().isEmpty()) {
            return Html.nothing();
        }
        List<Table.Row> rows =
                result.findings().stream().map(FindingSection::row).toList();
        List<String> titles = List.of("Detector", "Result", "Changed", "Effect", "Severity", "Decided by", "p");
        Html table = new Table("Detectors", titles, rows).html();
        return Sections.section("findings", "Findings", LEAD, table, calibration(result));
    }

    /** Returns a detector's short name with what it looks at. */
    static String name(Finding finding) {
        return switch (finding.detector()) {
            case "L1" -> "L1 fingerprint";
            case "L2" -> "L2 log-probabilities";
            case "L2 prefill" -> "L2 log-probabilities of prompt tokens";
            case "L3" -> "L3 samples";
            case "L4" -> "L4 scores";
            case "L4 supporting" -> "L4 scores, supporting";
            default -> finding.detector();
        };
    }

    private static Table.Row row(Finding finding) {
        return Table.row(
                "finding-" + finding.result().name().toLowerCase(Locale.ROOT),
                Html.text(name(finding)),
                result(finding.result()),
                Html.text(Figures.share(finding)),
                effect(finding),
                Html.text(Figures.severity(finding.severity())),
                Html.text(finding.basis().words()),
                Html.text(Figures.pValue(finding)));
    }

    private static Html effect(Finding finding) {
        return finding.reach().isEmpty()
                ? Html.text(finding.effect())
                : Html.all(
                        Html.text(finding.effect()),
                        Html.tag("p", "Smallest change that would have been seen: " + finding.reach())
                                .classed("detail"));
    }

    private static Html result(Finding.Result result) {
        String mark =
                switch (result) {
                    case SAME -> "✓ ";
                    case CHANGED -> "≠ ";
                    case UNDECIDED -> "? ";
                };
        return Html.all(
                Html.tag("span", mark).classed("mark").with("aria-hidden", "true"),
                Html.text(result.name().toLowerCase(Locale.ROOT)));
    }

    private static Html calibration(RunResult result) {
        List<String> words =
                result.baseline().map(RunResult.BaselineSummary::calibration).orElse(List.of());
        return words.isEmpty()
                ? Html.nothing()
                : Html.tag("p", "Noise measured between the approved runs: " + String.join("; ", words) + ". " + NOISE)
                        .classed("lead");
    }
}
