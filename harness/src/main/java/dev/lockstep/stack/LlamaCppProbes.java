package dev.lockstep.stack;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lockstep.client.Exchange;
import dev.lockstep.document.CanonicalJson;
import dev.lockstep.document.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Takes the probes of llama.cpp: {@code /apply-template}, {@code /tokenize}, and the settings that {@code /completion} echoes. */
final class LlamaCppProbes {
    private static final String CONVERSATIONS = "probes.json";
    private static final String MARKER = "<__media__>";
    /** Behind a router the server that renders may be another one than the one that told its marker. */
    private static final Pattern ANY_MARKER = Pattern.compile("<__media_\\w+__>");
    /** What our own request sets, and what belongs to the adapters and the launch. */
    private static final Set<String> NOT_DEFAULTS =
            Set.of("n_predict", "max_tokens", "stream", "lora", "speculative.types");

    private final LiveJson server;
    private final String liveMarker;

    LlamaCppProbes(LiveJson server) {
        this.server = server;
        this.liveMarker = server.get("/props").path("media_marker").asText();
    }

    Probes take() {
        SortedMap<String, Probes.Rendered> rendered = new TreeMap<>();
        conversations().properties().forEach(each -> rendered.put(each.getKey(), render(each.getValue())));
        return new Probes(rendered, sampling());
    }

    private Probes.Rendered render(JsonNode conversation) {
        Exchange exchange = server.exchange("/apply-template", conversation);
        JsonNode prompt = LiveJson.json(exchange).path("prompt");
        if (!prompt.isTextual()) {
            return new Probes.Rendered("refused: " + exchange.status(), "", 0);
        }
        String text = withoutMarker(prompt.textValue());
        ObjectNode request = JsonNodeFactory.instance.objectNode();
        request.put("content", text).put("add_special", true).put("parse_special", true);
        JsonNode ids = server.post("/tokenize", request).path("tokens");
        return new Probes.Rendered(Sha256.of(text), CanonicalJson.sha256(ids), ids.size());
    }

    /** The marker is random per start, so its letters would make other token ids each time. */
    private String withoutMarker(String text) {
        String plain = liveMarker.isEmpty() ? text : text.replace(liveMarker, MARKER);
        return ANY_MARKER.matcher(plain).replaceAll(MARKER);
    }

    private SortedMap<String, JsonNode> sampling() {
        ObjectNode request = JsonNodeFactory.instance.objectNode();
        request.put("prompt", "a").put("n_predict", 1).put("cache_prompt", false);
        SortedMap<String, JsonNode> settings = new TreeMap<>();
        server.post("/completion", request)
                .path("generation_settings")
                .properties()
                .forEach(setting -> {
                    if (!NOT_DEFAULTS.contains(setting.getKey())) {
                        settings.put(setting.getKey(), setting.getValue());
                    }
                });
        return settings;
    }

    private static JsonNode conversations() {
        try (InputStream input = Objects.requireNonNull(LlamaCppProbes.class.getResourceAsStream(CONVERSATIONS))) {
            return new ObjectMapper().readTree(input);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
