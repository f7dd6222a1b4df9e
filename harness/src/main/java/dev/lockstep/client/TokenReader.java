package dev.lockstep.client;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lockstep.client.Answer.Alternative;
import dev.lockstep.client.Answer.Token;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads the generated tokens of a choice.
 *
 * <p>JSON has no negative infinity: vLLM writes -9999 for it, llama.cpp null. Ids are named {@code id} (llama.cpp),
 * {@code token_id} (vLLM), are part of the text ({@code token_id:123}) or stand in a list of their own ({@code token_ids}).
 */
final class TokenReader {
    private static final double SENTINEL = -9999;
    private static final String ID_AS_TEXT = "token_id:";

    private TokenReader() {}

    static List<Token> read(JsonNode choice) {
        JsonNode content = choice.path("logprobs").path("content");
        JsonNode ids = choice.path("token_ids");
        boolean aligned = ids.size() == content.size();
        List<Token> tokens = new ArrayList<>();
        for (JsonNode place : content) {
            int fallback = aligned ? ids.path(tokens.size()).asInt(-1) : -1;
            tokens.add(token(place, id(place, fallback)));
        }
        return tokens;
    }

    private static Token token(JsonNode place, int id) {
        String text = text(place);
        double logprob = logprob(place);
        return new Token(id, text, logprob, likeliest(top(place), id, text, logprob));
    }

    /**
     * Some servers, such as vLLM, list the sampled token even where it is none of the likeliest; behind them it would say that all
     * between are less likely. Last of a list it may be one of them all the same, and then says hardly anything, so it is left out.
     */
    private static List<Alternative> likeliest(List<Alternative> top, int id, String text, double logprob) {
        List<Alternative> others = new ArrayList<>(top.size());
        for (Alternative each : top) {
            if (!isSame(each, id, text)) {
                if (each.logprob() <= logprob) {
                    return top;
                }
                others.add(each);
            }
        }
        return others.isEmpty() ? top : others;
    }

    private static boolean isSame(Alternative alternative, int id, String text) {
        boolean areKnown = alternative.id() >= 0 && id >= 0;
        return areKnown ? alternative.id() == id : alternative.text().equals(text);
    }

    private static List<Alternative> top(JsonNode place) {
        List<Alternative> top = new ArrayList<>();
        for (JsonNode candidate : place.path("top_logprobs")) {
            double logprob = logprob(candidate);
            if (logprob > Double.NEGATIVE_INFINITY) {
                top.add(new Alternative(id(candidate, -1), text(candidate), logprob));
            }
        }
        return top;
    }

    private static int id(JsonNode place, int fallback) {
        if (place.path("id").isInt()) {
            return place.path("id").intValue();
        }
        if (place.path("token_id").isInt()) {
            return place.path("token_id").intValue();
        }
        String text = text(place);
        return text.startsWith(ID_AS_TEXT) ? number(text.substring(ID_AS_TEXT.length()), fallback) : fallback;
    }

    static int number(String digits, int fallback) {
        try {
            return Integer.parseInt(digits);
        } catch (NumberFormatException e) {
            return fallback;
        }
    }

    static double logprob(JsonNode place) {
        double value = place.path("logprob").asDouble(Double.NEGATIVE_INFINITY);
        return value > SENTINEL ? value : Double.NEGATIVE_INFINITY;
    }

    private static String text(JsonNode place) {
        return place.path("token").asText("");
    }
}
