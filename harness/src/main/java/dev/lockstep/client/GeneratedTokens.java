package dev.lockstep.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * The tokens of a chat completion as they are sent back to a server.
 *
 * @param ids their numbers in the vocabulary
 * @param text what they spell together, special tokens that the server does not print left out
 */
public record GeneratedTokens(List<Integer> ids, String text) {

    public GeneratedTokens {
        ids = List.copyOf(ids);
    }

    /**
     * Reads as many tokens as spell whole characters: an answer that was cut off may end inside one.
     *
     * @return nothing when the server tells no id or no bytes of a token
     */
    public static GeneratedTokens of(String body) {
        JsonNode content = WireJson.read(body)
                .map(answer -> answer.at("/choices/0/logprobs/content"))
                .orElse(WireJson.NOTHING);
        List<Integer> ids = new ArrayList<>();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        GeneratedTokens whole = new GeneratedTokens(List.of(), "");
        for (JsonNode place : content) {
            if (!place.path("id").isInt() || !place.path("bytes").isArray()) {
                return new GeneratedTokens(List.of(), "");
            }
            ids.add(place.path("id").intValue());
            place.path("bytes").forEach(each -> bytes.write(each.intValue()));
            whole = spelled(ids, bytes.toByteArray(), whole);
        }
        return whole;
    }

    private static GeneratedTokens spelled(List<Integer> ids, byte[] bytes, GeneratedTokens before) {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            return new GeneratedTokens(ids, text);
        } catch (CharacterCodingException e) {
            return before;
        }
    }
}
