package dev.lockstep.score;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lockstep.client.Answer;
import java.util.List;
import java.util.Optional;

/**
 * {@code contains}: one of {@code reference.answers} stands somewhere in the text.
 *
 * <p>A short answer is found in longer words too ("7" in "17"); {@code exact} or {@code regex} fit those better.
 */
final class ContainsScorer implements Scorer {

    @Override
    public String name() {
        return "contains";
    }

    @Override
    public int version() {
        return 1;
    }

    @Override
    public Score score(Answer answer, JsonNode reference, ObjectNode parameters) {
        boolean ignoreCase = parameters.path("ignore_case").asBoolean();
        String text = PlainText.of(answer.text(), ignoreCase);
        Optional<String> found = Answers.of(reference).stream()
                .filter(expected -> text.contains(PlainText.of(expected, ignoreCase)))
                .findFirst();
        return found.map(expected -> Judgement.by(this).right("contains " + Excerpt.of(expected)))
                .orElseGet(() -> Judgement.by(this)
                        .wrong("is " + Excerpt.of(text) + ", expected in it " + Answers.listed(reference)));
    }

    @Override
    public List<String> mistakes(ObjectNode parameters, JsonNode reference) {
        Mistakes mistakes = Answers.check(Mistakes.of(this), reference).flags(parameters, "ignore_case");
        if (Answers.of(reference).stream().anyMatch(String::isBlank)) {
            mistakes.add("finds an empty answer in every text; remove it from 'reference.answers'");
        }
        return mistakes.list();
    }
}
