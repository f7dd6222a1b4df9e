package dev.lockstep.report;

import dev.lockstep.job.RunResult;
import dev.lockstep.job.ScoredSample;
import dev.lockstep.report.Sections.Fact;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.DoubleFunction;

/** What was run, against what, and how quickly it answered. */
final class FactSection {
    private FactSection() {}

    static Html html(RunResult result, List<ScoredSample> tonight, List<ScoredSample> baseline) {
        Html speed = tonight.isEmpty() ? Html.nothing() : speed(tonight, baseline);
        return Sections.section("facts", "Run", "", Sections.facts(facts(result)), speed);
    }

    /** Returns the cases without a baseline; nothing when there are none. */
    static Html unbaselined(RunResult result) {
        List<String> paths = result.unbaselined();
        if (paths.isEmpty()) {
            return Html.nothing();
        }
        List<Html> items = paths.stream()
                .map(path -> (Html) Html.tag("li", Sections.code(path)))
                .toList();
        Commands commands = Commands.of(result);
        return Sections.section(
                "unbaselined",
                "Cases without a baseline",
                Figures.count(paths.size(), "case")
                        + " were asked but not compared; record them under the same lock, look at them, and approve:",
                Sections.commands(List.of(commands.record(), commands.approve("new cases"))),
                Html.tag("ul", items).classed("columns"));
    }

    private static List<Fact> facts(RunResult result) {
        List<Fact> facts = new ArrayList<>();
        facts.add(new Fact("Lock", Sections.code(result.lockId())));
        result.sight().coverage().ifPresent(known -> facts.add(Fact.of("Fields of the lock", known.toString())));
        result.header().ifPresent(header -> {
            facts.add(new Fact("Run", Sections.code(header.runId())));
            facts.add(new Fact("Epoch", Sections.code(header.epoch())));
            facts.add(new Fact("Plan hash", Sections.code(header.planHash())));
        });
        facts.add(Fact.of("Profile", result.profile()));
        facts.add(Fact.of("Model files read", result.place().tier()));
        facts.add(Fact.of("Policy", PolicyLine.of(result.policy())));
        RunResult.Counts counts = result.counts();
        facts.add(Fact.of(
                "Samples",
                counts.planned() + " planned, " + counts.answered() + " answered, " + counts.refused() + " refused, "
                        + counts.failed() + " failed"));
        facts.add(new Fact("Baseline", baseline(result)));
        return facts;
    }

    private static Html baseline(RunResult result) {
        return result.baseline()
                .map(baseline -> Html.all(
                        Html.text(Figures.count(baseline.runIds().size(), "run") + ", approved by "
                                + baseline.approvedBy() + ": "),
                        Sections.code(String.join(", ", baseline.runIds()))))
                .orElse(Html.text("none"));
    }

    private static Html speed(List<ScoredSample> tonight, List<ScoredSample> baseline) {
        DoubleFunction<String> micros = value -> Figures.micros(Math.round(value));
        DoubleFunction<String> rate = value -> String.format(Locale.ROOT, "%.1f", value);
        List<Table.Row> rows = new ArrayList<>();
        rows.add(row("First byte, tonight", Percentiles.firstByte(tonight), micros));
        rows.add(row("First byte, baseline", Percentiles.firstByte(baseline), micros));
        rows.add(row("Whole answer, tonight", Percentiles.total(tonight), micros));
        rows.add(row("Whole answer, baseline", Percentiles.total(baseline), micros));
        rows.add(row("Tokens/s per request, tonight", Percentiles.tokensPerSecond(tonight), rate));
        rows.add(row("Tokens/s per request, baseline", Percentiles.tokensPerSecond(baseline), rate));
        List<String> titles = List.of("Measure", "Median", "95 %", "Largest");
        return new Table("Speed, from sending a request on; it never decides a verdict", titles, rows).html();
    }

    private static Table.Row row(String name, Percentiles values, DoubleFunction<String> words) {
        return Table.row(
                "numbers",
                Html.text(name),
                Html.text(values.at(0.5, words)),
                Html.text(values.at(0.95, words)),
                Html.text(values.at(1, words)));
    }
}
