package dev.lockstep.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/**
 * What a vLLM answer to {@code return_token_ids} tells of a chat completion.
 *
 * @param prompt the ids of the rendered prompt
 * @param generated the ids of the answer, the token that ended it included
 * @param ended whether the last of them ended it
 * @param text the message's content
 */
public record PromptedTokens(List<Integer> prompt, List<Integer> generated, boolean ended, String text) {

    public PromptedTokens {
        prompt = List.copyOf(prompt);
        generated = List.copyOf(generated);
    }

    /** Reads a body; all is empty where the server tells no ids. */
    public static PromptedTokens of(String body) {
        JsonNode answer = WireJson.read(body).orElse(WireJson.NOTHING);
        JsonNode choice = answer.at("/choices/0");
        return new PromptedTokens(
                ids(answer.path("prompt_token_ids")),
                ids(choice.path("token_ids")),
                choice.path("finish_reason").asText().equals("stop"),
                choice.at("/message/content").asText(""));
    }

    /** Returns the answer's tokens without the one that ended it, which no text spells. */
    public List<Integer> withoutEnd() {
        return ended ? generated.subList(0, generated.size() - 1) : generated;
    }

    /** Returns the ids of the prompt that continues this answer. */
    public List<Integer> continued() {
        List<Integer> ids = new ArrayList<>(prompt);
        ids.addAll(withoutEnd());
        return ids;
    }

    private static List<Integer> ids(JsonNode node) {
        List<Integer> ids = new ArrayList<>();
        node.forEach(each -> ids.add(each.intValue()));
        return ids;
    }
}
