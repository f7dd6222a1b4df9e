package dev.lockstep.client;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lockstep.client.Answer.Alternative;
import dev.lockstep.client.Answer.Token;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Reads the log-probabilities of tokens that a server was made to score. */
public final class ForcedReader {
    private ForcedReader() {}

    /**
     * Reads tokens that were generated: of a chat completion, or of llama.cpp's {@code /completion}.
     *
     * @param ids the tokens that were wanted
     * @return these tokens; nothing when others were generated
     */
    public static List<Token> generated(String body, List<Integer> ids) {
        List<Token> tokens = WireJson.read(body)
                .map(ForcedReader::choice)
                .map(TokenReader::read)
                .orElse(List.of());
        return startsWith(tokens, ids) ? tokens.subList(0, ids.size()) : List.of();
    }

    /**
     * Reads tokens that ended the prompt: vLLM's {@code prompt_logprobs}, one map of token id to {@code {logprob, rank,
     * decoded_token}} for each place.
     *
     * @param ids the tokens that were wanted
     * @return these tokens; nothing when the prompt ended in others
     */
    public static List<Token> prompted(String body, List<Integer> ids) {
        JsonNode places = WireJson.read(body).map(ForcedReader::promptLogprobs).orElse(WireJson.NOTHING);
        int before = places.size() - ids.size();
        List<Token> tokens = new ArrayList<>();
        for (int i = 0; before >= 0 && i < ids.size(); i++) {
            token(places.get(before + i), ids.get(i)).ifPresent(tokens::add);
        }
        return tokens.size() == ids.size() ? tokens : List.of();
    }

    /** Returns the text of llama.cpp's {@code /apply-template}; empty when the body holds none. */
    public static Optional<String> prompt(String body) {
        return WireJson.read(body).map(answer -> answer.path("prompt").textValue());
    }

    private static JsonNode choice(JsonNode answer) {
        return answer.has("completion_probabilities")
                ? WireJson.object("logprobs", WireJson.object("content", answer.path("completion_probabilities")))
                : answer.at("/choices/0");
    }

    private static JsonNode promptLogprobs(JsonNode answer) {
        return answer.has("prompt_logprobs") ? answer.path("prompt_logprobs") : answer.at("/choices/0/prompt_logprobs");
    }

    private static boolean startsWith(List<Token> tokens, List<Integer> ids) {
        return tokens.size() >= ids.size()
                && tokens.subList(0, ids.size()).stream()
                        .map(Token::id)
                        .toList()
                        .equals(ids);
    }

    private static Optional<Token> token(JsonNode place, int id) {
        List<Alternative> top = new ArrayList<>();
        place.properties().forEach(entry -> {
            JsonNode told = entry.getValue();
            top.add(new Alternative(
                    TokenReader.number(entry.getKey(), -1),
                    told.path("decoded_token").asText(""),
                    TokenReader.logprob(told)));
        });
        top.sort(Comparator.comparingDouble(Alternative::logprob).reversed().thenComparingInt(Alternative::id));
        return top.stream()
                .filter(each -> each.id() == id)
                .findFirst()
                .map(each -> new Token(id, each.text(), each.logprob(), likeliest(top, place)));
    }

    /** The token itself is told even where it is none of the likeliest; behind them it would say that all between are less likely. */
    private static List<Alternative> likeliest(List<Alternative> top, JsonNode place) {
        return top.stream()
                .filter(each -> each.logprob() > Double.NEGATIVE_INFINITY)
                .filter(each ->
                        place.path(Integer.toString(each.id())).path("rank").asInt(1) <= top.size())
                .toList();
    }
}
