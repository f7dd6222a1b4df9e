package dev.lockstep.score;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lockstep.client.Answer;
import java.util.List;

/**
 * A rule that says how good an answer is.
 *
 * <p>It depends on its arguments only, so that stored answers can be scored again. Whoever changes the rule raises
 * {@link #version()}: scores of two versions are never compared.
 */
public interface Scorer {

    String name();

    int version();

    /**
     * Scores an answer whose text is free of thinking.
     *
     * @param reference the case's {@code reference}, without mistakes
     * @param parameters the scorer's parameters in the case, without mistakes
     */
    Score score(Answer answer, JsonNode reference, ObjectNode parameters);

    /** Returns what is wrong with parameters and reference, each with its remedy; empty when nothing is. */
    List<String> mistakes(ObjectNode parameters, JsonNode reference);
}
