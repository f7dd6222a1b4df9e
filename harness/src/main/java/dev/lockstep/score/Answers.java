package dev.lockstep.score;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The texts in {@code reference.answers}, any of which is right. */
final class Answers {

    private Answers() {}

    static List<String> of(JsonNode reference) {
        List<String> answers = new ArrayList<>();
        reference.path("answers").forEach(answer -> answers.add(answer.asText()));
        return answers;
    }

    static Mistakes check(Mistakes mistakes, JsonNode reference) {
        mistakes.need(reference, "answers", "a list of texts", value -> value.isArray() && !value.isEmpty());
        if (reference.path("answers").isArray()) {
            firstNoText(reference)
                    .ifPresent(other -> mistakes.add("needs texts in 'reference.answers', not " + other + "; write "
                            + (other.isValueNode() ? '"' + other.asText() + '"' : "each in quotes")));
        }
        return mistakes;
    }

    /** Returns the answers as a person reads them. */
    static String listed(JsonNode reference) {
        JsonNode answers = reference.path("answers");
        return answers.size() == 1 ? answers.get(0).toString() : "one of " + answers;
    }

    private static Optional<JsonNode> firstNoText(JsonNode reference) {
        for (JsonNode answer : reference.path("answers")) {
            if (!answer.isTextual()) {
                return Optional.of(answer);
            }
        }
        return Optional.empty();
    }
}
