package dev.lockstep.report;

import dev.lockstep.gate.Finding;
import dev.lockstep.gate.Verdict;
import dev.lockstep.job.RunResult;
import dev.lockstep.report.Sections.Fact;
import java.util.ArrayList;
import java.util.List;

/** The top of the drift report: verdict, what moved, why, and what to do next. */
final class VerdictHeader {
    private VerdictHeader() {}

    /** Returns the verdict's class in the style sheet, which sets its colour. */
    static String tone(Verdict verdict) {
        return switch (verdict) {
            case Verdict.Pass pass -> "pass";
            case Verdict.Drift drift -> "drift";
            case Verdict.LockBroken broken -> "broken";
            case Verdict.Inconclusive inconclusive -> "inconclusive";
            case Verdict.Invalid invalid -> "invalid";
            case Verdict.NoBaseline none -> "nobaseline";
        };
    }

    static Html html(RunResult result) {
        Verdict verdict = result.verdict();
        String run = result.header().map(header -> " · run " + header.runId()).orElse("");
        Html.Element head = Html.tag(
                        "header",
                        Html.tag("p", "Lockstep · " + result.stack() + " · " + result.profile() + run)
                                .classed("eyebrow"),
                        Html.tag(
                                "h1",
                                Html.tag("span", mark(verdict)).classed("mark").with("aria-hidden", "true"),
                                Html.text(verdict.name()),
                                Html.tag("span", "exit code " + verdict.exitCode())
                                        .classed("exit")),
                        Html.tag("p", VerdictWords.meaning(result)).classed("meaning"))
                .classed("verdict");
        return head.plus(moved(verdict))
                .plus(attribution(result))
                .plus(reasonsAndSteps(result))
                .plus(notes(result.diagnosis().notes()))
                .plus(figures(result));
    }

    private static String mark(Verdict verdict) {
        return switch (verdict) {
            case Verdict.Pass pass -> "✓";
            case Verdict.Drift drift -> "≠";
            case Verdict.LockBroken broken -> "✕";
            case Verdict.Inconclusive inconclusive -> "?";
            case Verdict.Invalid invalid -> "!";
            case Verdict.NoBaseline none -> "∅";
        };
    }

    private static Html moved(Verdict verdict) {
        if (verdict.layers().isEmpty()) {
            return Html.nothing();
        }
        Html.Element line =
                Html.tag("p", Html.text(VerdictWords.naming(verdict) + ":")).classed("named");
        for (var layer : verdict.layers()) {
            line = line.plus(Html.text(" ")).plus(Html.tag("strong", layer.key()));
        }
        return line;
    }

    private static Html attribution(RunResult result) {
        return VerdictWords.attribution(result)
                .map(sentence -> (Html) Html.tag("p", sentence).classed("named"))
                .orElseGet(Html::nothing);
    }

    private static Html reasonsAndSteps(RunResult result) {
        List<Html> reasons = result.verdict().reasons().stream()
                .map(reason -> (Html) Html.tag("li", reason))
                .toList();
        Html why =
                Html.tag("div", Html.tag("h2", "Why"), Html.tag("ul", reasons)).classed("part");
        Html next = Html.tag("div", Html.tag("h2", "What to do next"), Html.tag("ol", steps(result)))
                .classed("part");
        return Html.all(why, next);
    }

    private static Html notes(List<String> notes) {
        if (notes.isEmpty()) {
            return Html.nothing();
        }
        List<Html> items =
                notes.stream().map(note -> (Html) Html.tag("li", note)).toList();
        return Html.tag("div", Html.tag("h2", "Beside the verdict"), Html.tag("ul", items))
                .classed("part beside");
    }

    private static List<Html> steps(RunResult result) {
        List<Html> steps = new ArrayList<>();
        for (Guidance.Step step : Guidance.steps(result)) {
            steps.add(Html.tag("li", Html.text(step.sentence()), Sections.commands(step.commands())));
        }
        return steps;
    }

    private static Html figures(RunResult result) {
        RunResult.Counts counts = result.counts();
        List<Fact> facts = new ArrayList<>();
        facts.add(Fact.of("Answered", counts.answered() + " of " + counts.planned()));
        if (counts.refused() + counts.failed() > 0) {
            facts.add(Fact.of("Refused", String.valueOf(counts.refused())));
            facts.add(Fact.of("Failed", String.valueOf(counts.failed())));
        }
        for (Finding finding : result.findings()) {
            String differ = finding.isOfDistributions() ? "" : " differ";
            facts.add(Fact.of(FindingSection.name(finding), Figures.share(finding) + differ));
        }
        if (!result.checks().isEmpty()) {
            facts.addAll(layers(LayerRow.all(result)));
        }
        return Html.tag("div", Sections.facts(facts)).classed("figures");
    }

    /** A layer that the stack does not have can neither match nor move. */
    private static List<Fact> layers(List<LayerRow> rows) {
        long matching = count(rows, LayerRow.Status.MATCH);
        long declared = count(rows, LayerRow.Status.DECLARED);
        long absent = count(rows, LayerRow.Status.NOT_APPLICABLE);
        List<Fact> facts = new ArrayList<>();
        String apart = absent == 0 ? "" : " (" + absent + " not applicable)";
        facts.add(Fact.of("Layers that match" + apart, matching + " of " + (rows.size() - absent)));
        if (declared > 0) {
            facts.add(Fact.of("Layers only declared", String.valueOf(declared)));
        }
        return facts;
    }

    private static long count(List<LayerRow> rows, LayerRow.Status status) {
        return rows.stream().filter(row -> row.status() == status).count();
    }
}
