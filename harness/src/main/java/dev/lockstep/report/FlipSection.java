package dev.lockstep.report;

import dev.lockstep.score.Score;
import dev.lockstep.suite.EvalCase;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The answers whose score moved, the baseline's beside tonight's, the worst first. */
final class FlipSection {
    private static final int MOST_CARDS = 30;

    private final Map<String, EvalCase> cases;

    private FlipSection(Map<String, EvalCase> cases) {
        this.cases = cases;
    }

    /** Shows the moves; a reference is shown where its case is among {@code cases}. */
    static Html html(List<SamplePair> pairs, List<EvalCase> cases) {
        List<ScoreMove> moves = ScoreMove.of(pairs);
        if (moves.isEmpty()) {
            return Html.nothing();
        }
        Map<String, EvalCase> byPath = new LinkedHashMap<>();
        cases.forEach(evalCase -> byPath.put(evalCase.path(), evalCase));
        FlipSection section = new FlipSection(byPath);
        List<Html> cards = moves.stream().limit(MOST_CARDS).map(section::card).toList();
        String more = moves.size() > MOST_CARDS ? " The first " + MOST_CARDS + " of " + moves.size() + "." : "";
        return Sections.section(
                "flips",
                "Answers whose score moved",
                "The worst first; the first token that differs is marked." + more,
                Html.all(cards));
    }

    private Html card(ScoreMove move) {
        SamplePair pair = move.pair();
        Html title = Html.tag(
                "h3",
                Html.tag("code", pair.key().toString()),
                Html.text(" " + move.tonight().scorer() + " "),
                Html.tag("span", (move.change() < 0 ? "▼ " : "▲ ") + move.words())
                        .classed("badge"));
        var request = pair.tonight().scored().sample().request();
        Html prompt = Html.tag("div", Html.tag("h4", "Prompt"), Sections.longText(PromptText.question(request)));
        Html asked = Html.tag("div", prompt, reference(pair)).classed("two");
        Html answers = Html.tag(
                        "div",
                        answer("Baseline", pair.baseline(), pair.tonight(), move.baseline()),
                        answer("Tonight", pair.tonight(), pair.baseline(), move.tonight()))
                .classed("two");
        return Html.tag("article", title, asked, answers, whole(pair))
                .classed(move.change() < 0 ? "card worse" : "card better");
    }

    private Html reference(SamplePair pair) {
        EvalCase evalCase = cases.get(pair.key().casePath());
        if (evalCase == null
                || evalCase.reference().isMissingNode()
                || evalCase.reference().isNull()) {
            return Html.nothing();
        }
        var reference = evalCase.reference();
        String text = reference.isTextual() ? reference.asText() : reference.toString();
        return Html.tag("div", Html.tag("h4", "Reference"), Sections.longText(text));
    }

    private static Html answer(String title, SampleView shown, SampleView other, Score score) {
        String value = Figures.score(score.value());
        String outcome =
                switch (score.outcome()) {
                    case SCORED -> "";
                    case UNPARSEABLE -> ", unparseable";
                    case REFUSED -> ", refused";
                };
        return Html.tag(
                "div",
                Html.tag("h4", title + " · " + value + outcome),
                AnswerText.html(shown, other),
                Html.tag("p", score.detail()).classed("detail"));
    }

    private static Html whole(SamplePair pair) {
        return Html.tag(
                "details",
                Html.tag("summary", "Whole conversation and answers"),
                Html.tag("h4", "Conversation"),
                Html.tag(
                        "pre",
                        PromptText.conversation(pair.tonight().scored().sample().request())),
                Html.tag("h4", "Baseline"),
                Html.tag("pre", pair.baseline().text()),
                Html.tag("h4", "Tonight"),
                Html.tag("pre", pair.tonight().text()));
    }
}
