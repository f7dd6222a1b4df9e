package dev.lockstep.score;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lockstep.client.Answer;
import java.util.List;

/** {@code exact}: the whole text is one of {@code reference.answers}, outer blanks aside. */
final class ExactScorer implements Scorer {

    @Override
    public String name() {
        return "exact";
    }

    @Override
    public int version() {
        return 1;
    }

    @Override
    public Score score(Answer answer, JsonNode reference, ObjectNode parameters) {
        boolean ignoreCase = parameters.path("ignore_case").asBoolean();
        String text = PlainText.of(answer.text(), ignoreCase);
        boolean right = Answers.of(reference).stream()
                .anyMatch(expected -> PlainText.of(expected, ignoreCase).equals(text));
        return right
                ? Judgement.by(this).right("is " + Excerpt.of(text))
                : Judgement.by(this).wrong("is " + Excerpt.of(text) + ", expected " + Answers.listed(reference));
    }

    @Override
    public List<String> mistakes(ObjectNode parameters, JsonNode reference) {
        return Answers.check(Mistakes.of(this), reference)
                .flags(parameters, "ignore_case")
                .list();
    }
}
