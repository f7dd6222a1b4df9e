package dev.lockstep.score;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lockstep.client.Answer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Calls one scorer with texts for everything. */
record Scored(Scorer scorer, String reference, String parameters) {

    static Scored by(Scorer scorer, String reference) {
        return new Scored(scorer, reference, "{}");
    }

    Scored with(String otherParameters) {
        return new Scored(scorer, reference, otherParameters);
    }

    Score text(String text) {
        return answer(Scored.answered(text));
    }

    double value(String text) {
        return text(text).value();
    }

    /** Scores calls given as name, arguments, name, arguments. */
    Score calls(String... namesAndArguments) {
        List<Answer.ToolCall> calls = new ArrayList<>();
        for (int i = 0; i < namesAndArguments.length; i += 2) {
            calls.add(new Answer.ToolCall("call_" + i, namesAndArguments[i], namesAndArguments[i + 1]));
        }
        return answer(answer("", calls));
    }

    Score answer(Answer answer) {
        return scorer.score(answer, json(reference), (ObjectNode) json(parameters));
    }

    List<String> mistakes() {
        return scorer.mistakes((ObjectNode) json(parameters), json(reference));
    }

    static Answer answered(String text) {
        return answer(text, List.of());
    }

    static JsonNode json(String text) {
        return StrictJson.parse(text).orElseThrow();
    }

    private static Answer answer(String text, List<Answer.ToolCall> calls) {
        return new Answer(text, "", calls, "stop", new Answer.Usage(-1, -1, -1), List.of(), Optional.empty());
    }
}
