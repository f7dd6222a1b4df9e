package dev.lockstep.report;

import dev.lockstep.job.RunResult;
import dev.lockstep.job.RunResult.SuiteSummary;
import java.util.List;

/** The suites' mean scores, tonight beside the baseline: a plot to see, a table to cite. */
final class ScoreSection {
    private ScoreSection() {}

    static Html html(RunResult result) {
        if (result.suites().isEmpty()) {
            return Html.nothing();
        }
        List<Table.Row> rows = result.suites().stream().map(ScoreSection::row).toList();
        List<String> titles = List.of("Suite", "Samples", "Tonight", "Baseline", "Difference", "Flipped");
        return Sections.section(
                "scores",
                "Scores",
                "Mean score per suite, 0 (wrong) to 1 (right), over the same samples.",
                ScorePlot.html(result.suites()),
                new Table("Mean scores", titles, rows).html());
    }

    private static Table.Row row(SuiteSummary suite) {
        return Table.row(
                "numbers",
                Html.text(suite.suite()),
                Html.text(String.valueOf(suite.samples())),
                Html.text(Figures.score(suite.tonight())),
                Html.text(suite.baseline().map(Figures::score).orElse("–")),
                Html.text(suite.baseline()
                        .map(mean -> Figures.signed(suite.tonight() - mean))
                        .orElse("–")),
                Html.text(String.valueOf(suite.flipped())));
    }
}
