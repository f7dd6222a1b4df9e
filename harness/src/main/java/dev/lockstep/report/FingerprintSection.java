package dev.lockstep.report;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** How far tonight's tokens and log-probabilities are from the baseline's, sample by sample. */
final class FingerprintSection {
    private static final int MOST_ROWS = 40;
    private static final Comparator<TokenComparison> EARLIEST_FIRST = Comparator.comparing(TokenComparison::sameTokens)
            .thenComparingInt(comparison -> comparison.firstDifference().orElse(0))
            .thenComparingDouble(comparison -> -comparison.maxDelta().orElse(Double.POSITIVE_INFINITY))
            .thenComparing(comparison -> comparison.pair().key());

    private FingerprintSection() {}

    static Html html(List<SamplePair> pairs) {
        List<TokenComparison> comparisons = pairs.stream()
                .map(TokenComparison::of)
                .flatMap(Optional::stream)
                .toList();
        if (comparisons.isEmpty()) {
            return Html.nothing();
        }
        boolean equal = comparisons.stream().allMatch(TokenComparison::identical);
        Html content = equal ? Html.nothing() : Html.all(StripPlot.html(comparisons), table(comparisons));
        return Sections.section("fingerprint", "Fingerprint", summary(comparisons), content);
    }

    private static String summary(List<TokenComparison> comparisons) {
        long tokens = comparisons.stream().filter(one -> !one.sameTokens()).count();
        long zero = comparisons.stream().filter(TokenComparison::identical).count();
        return "Of " + Figures.count(comparisons.size(), "sample") + " with log-probabilities, " + zero
                + " are equal to the last digit, " + tokens + (tokens == 1 ? " has" : " have") + " other tokens.";
    }

    private static Html table(List<TokenComparison> comparisons) {
        List<TokenComparison> different = comparisons.stream()
                .filter(one -> !one.identical())
                .sorted(EARLIEST_FIRST)
                .toList();
        List<Table.Row> rows =
                different.stream().limit(MOST_ROWS).map(FingerprintSection::row).toList();
        List<String> titles =
                List.of("Sample", "First difference", "Baseline", "Tonight", "Largest |Δ logprob| before");
        String more = different.size() > MOST_ROWS ? ", the first " + MOST_ROWS + " of " + different.size() : "";
        Html table = new Table("Samples that differ, the earliest first" + more, titles, rows).html();
        return rows.size() <= 12
                ? table
                : Html.tag(
                        "details",
                        Html.tag("summary", Figures.count(different.size(), "sample") + " that differ"),
                        table);
    }

    private static Table.Row row(TokenComparison comparison) {
        boolean same = comparison.sameTokens();
        return Table.row(
                "",
                Sections.code(comparison.pair().key().toString()),
                Html.text(place(comparison)),
                same ? Html.text("–") : Sections.code(AnswerText.visible(comparison.baselineToken())),
                same ? Html.text("–") : Sections.code(AnswerText.visible(comparison.tonightToken())),
                Html.text(Figures.logprob(comparison.maxDelta())));
    }

    /** Equal log-probabilities among other alternatives leave no trace in the last column. */
    private static String place(TokenComparison comparison) {
        if (!comparison.sameTokens()) {
            return "token " + comparison.firstDifference().orElse(0);
        }
        return comparison
                .difference()
                .map(difference -> "same tokens, other " + difference.what())
                .orElse("same tokens");
    }
}
