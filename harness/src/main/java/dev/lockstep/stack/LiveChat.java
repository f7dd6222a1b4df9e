package dev.lockstep.stack;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lockstep.client.Exchange;
import dev.lockstep.document.CanonicalJson;
import dev.lockstep.document.LockstepException;
import dev.lockstep.lock.Layer;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * What a few short chats show of a stack that it says nowhere: how many tokens pictures take, and whether a schema binds answers.
 *
 * <p>What a chat does not show clearly is left out, so that it is unknown, and never wrong.
 */
record LiveChat(LiveJson server, String model) {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String PICTURES = "pictures.json";
    private static final String SMALLEST = "64x64";
    private static final int MOST_TOKENS = 64;
    private static final Set<Integer> REFUSED = Set.of(400, 422);

    /**
     * Returns by how many tokens larger pictures exceed a small one: {@code {"320x256": 72, "640x480": 292}}. Template and
     * tokenizer have no part in the difference; the processor's limits of the picture size have. Where one of them is not answered in
     * time nothing is told, for a part of them is no other processor.
     */
    LayerFacts pictures() {
        JsonNode pictures = shippedPictures();
        Optional<Integer> smallest = tokens(pictures.path(SMALLEST).asText());
        ObjectNode larger = JsonNodeFactory.instance.objectNode();
        smallest.ifPresent(least -> pictures.properties().stream()
                .filter(picture -> !picture.getKey().equals(SMALLEST))
                .forEach(picture -> tokens(picture.getValue().asText())
                        .ifPresent(all -> larger.put(picture.getKey(), all - least))));
        boolean areAll = larger.size() == pictures.size() - 1;
        return areAll ? new LayerFacts().put(Layer.PROCESSOR, "pictureTokens", larger) : new LayerFacts();
    }

    /**
     * Tells what the engine makes of a JSON schema that no free answer fits: {@code enforced}, {@code refused}, or
     * {@code ignored} with HTTP 200, as in <a href="https://github.com/NVIDIA/TensorRT/issues/4855">TensorRT#4855</a>.
     */
    LayerFacts schema() {
        ObjectNode request = request("Say hello.", MOST_TOKENS);
        ObjectNode format = request.putObject("response_format").put("type", "json_schema");
        ObjectNode named = format.putObject("json_schema").put("name", "probe").put("strict", true);
        ObjectNode schema = named.putObject("schema").put("type", "object").put("additionalProperties", false);
        schema.putObject("properties").putObject("lockstep").putArray("enum").add("yes");
        schema.putArray("required").add("lockstep");
        LayerFacts facts = new LayerFacts();
        ask(request).flatMap(LiveChat::enforcement).ifPresent(word -> facts.put(Layer.ENGINE, "jsonSchema", word));
        return facts;
    }

    /** An answer that was cut off, or that is empty beside its thoughts, shows nothing. */
    private static Optional<String> enforcement(Exchange exchange) {
        if (!exchange.succeeded()) {
            return REFUSED.contains(exchange.status()) ? Optional.of("refused") : Optional.empty();
        }
        JsonNode choice = LiveJson.json(exchange).path("choices").path(0);
        String answer = choice.path("message").path("content").asText("").strip();
        boolean isWhole = choice.path("finish_reason").asText().equals("stop") && !answer.isEmpty();
        if (!isWhole) {
            return Optional.empty();
        }
        return Optional.of(isBound(answer) ? "enforced" : "ignored");
    }

    private static boolean isBound(String answer) {
        try {
            return CanonicalJson.compact(JSON.readTree(answer)).equals("{\"lockstep\":\"yes\"}");
        } catch (IOException e) {
            return false;
        }
    }

    private Optional<Integer> tokens(String picture) {
        ObjectNode request = request("", 1);
        ArrayNode parts = JsonNodeFactory.instance.arrayNode();
        parts.addObject().put("type", "image_url").putObject("image_url").put("url", picture);
        ((ObjectNode) request.path("messages").path(0)).set("content", parts);
        return ask(request)
                .map(exchange -> LiveJson.json(exchange).path("usage").path("prompt_tokens"))
                .filter(JsonNode::isInt)
                .map(JsonNode::intValue);
    }

    /** Large models on slow machines need longer for a picture than anybody waits here; then nothing is known. */
    private Optional<Exchange> ask(ObjectNode request) {
        try {
            return Optional.of(server.exchange("/v1/chat/completions", request));
        } catch (LockstepException noAnswer) {
            return Optional.empty();
        }
    }

    private ObjectNode request(String words, int mostTokens) {
        ObjectNode request = JsonNodeFactory.instance.objectNode();
        request.put("model", model).put("temperature", 0).put("seed", 1).put("max_tokens", mostTokens);
        // For llama.cpp: a look must leave nothing behind that the next answer begins from.
        request.put("cache_prompt", false);
        request.putArray("messages").addObject().put("role", "user").put("content", words);
        return request;
    }

    private static JsonNode shippedPictures() {
        try (InputStream input = Objects.requireNonNull(LiveChat.class.getResourceAsStream(PICTURES))) {
            return JSON.readTree(input);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
