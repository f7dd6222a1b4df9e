package dev.lockstep.report;

import dev.lockstep.job.ScoredSample;
import dev.lockstep.run.Sample;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** The samples that got no answer, and what the endpoint said instead. */
final class SilenceSection {
    private static final int MOST_ROWS = 50;

    private SilenceSection() {}

    static Html html(List<ScoredSample> tonight) {
        List<Sample> silent = tonight.stream()
                .map(ScoredSample::sample)
                .filter(sample -> sample.outcome() != Sample.Outcome.ANSWERED)
                .sorted(Comparator.comparing(Sample::key))
                .toList();
        if (silent.isEmpty()) {
            return Html.nothing();
        }
        List<Table.Row> rows =
                silent.stream().limit(MOST_ROWS).map(SilenceSection::row).toList();
        String more = silent.size() > MOST_ROWS ? ", the first " + MOST_ROWS + " of " + silent.size() : "";
        List<String> titles = List.of("Sample", "Outcome", "Failed attempts", "Replica", "Last error");
        return Sections.section(
                "silence",
                "Samples without an answer",
                "Refused is behaviour: the stack answered others. Failed is infrastructure, and says nothing of behaviour.",
                new Table("In the order of their keys" + more, titles, rows).html());
    }

    private static Table.Row row(Sample sample) {
        return Table.row(
                "",
                Sections.code(sample.key().toString()),
                Html.text(sample.outcome().name().toLowerCase(Locale.ROOT)),
                Html.text(String.valueOf(sample.exchange().attempts().size())),
                Html.text(sample.replica()),
                Html.text(sample.exchange().lastError()));
    }
}
