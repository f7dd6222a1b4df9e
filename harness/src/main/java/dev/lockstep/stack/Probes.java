package dev.lockstep.stack;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lockstep.document.AtomicFile;
import dev.lockstep.document.CanonicalJson;
import dev.lockstep.document.ErrorKind;
import dev.lockstep.document.LockstepException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What the fixed conversations become inside a stack: rendered prompts, their token ids, and the sampling that takes effect.
 *
 * @param rendered by the name of the conversation; empty when the engine renders nothing for others
 * @param sampling the settings of a request that sets none; empty when the engine does not tell them
 */
public record Probes(SortedMap<String, Rendered> rendered, SortedMap<String, JsonNode> sampling) {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String SCHEMA = "probes/1";

    public Probes {
        rendered = Collections.unmodifiableSortedMap(new TreeMap<>(rendered));
        sampling = Collections.unmodifiableSortedMap(new TreeMap<>(sampling));
    }

    /**
     * A conversation as the model gets it.
     *
     * @param text SHA-256 of the rendered prompt; {@code refused: <status>} when the server does not render it
     * @param ids SHA-256 of the canonical JSON list of token ids; empty when refused
     * @param count how many tokens
     */
    public record Rendered(String text, String ids, int count) {}

    public static Probes none() {
        return new Probes(new TreeMap<>(), new TreeMap<>());
    }

    /** Asks a live stack; engines without a way to render give no probes. */
    public static Probes take(StackConfig config, LiveEndpoint endpoint) {
        return switch (config.visibility()) {
            case OPAQUE -> none();
            case VISIBLE ->
                switch (config.engine()) {
                    case LLAMA_CPP -> new LlamaCppProbes(new LiveJson(endpoint)).take();
                    case VLLM, OLLAMA, OPENAI -> none();
                };
        };
    }

    /** Reads what {@link #write} wrote. @throws LockstepException of kind CONFIG when the file is not such a file */
    public static Probes read(Path file) {
        try {
            JsonNode node = JSON.readTree(Files.readString(file));
            if (!node.path("schema").asText().equals(SCHEMA)) {
                throw unreadable(file, "'schema' is " + node.path("schema") + ", expected \"" + SCHEMA + "\"");
            }
            return of(node);
        } catch (JsonProcessingException e) {
            throw unreadable(file, "is not JSON: " + e.getOriginalMessage());
        } catch (IOException e) {
            throw unreadable(file, "cannot be read: " + e.getMessage());
        }
    }

    /**
     * Writes canonical JSON: same probes, same bytes.
     *
     * @throws LockstepException of kind CONFIG when the file cannot be written
     */
    public void write(Path file) {
        AtomicFile.write(file, text());
    }

    String text() {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("schema", SCHEMA);
        ObjectNode all = node.putObject("rendered");
        rendered.forEach((name, each) -> all.putObject(name)
                .put("text", each.text())
                .put("ids", each.ids())
                .put("count", each.count()));
        ObjectNode settings = node.putObject("sampling");
        sampling.forEach(settings::set);
        return CanonicalJson.pretty(node);
    }

    private static Probes of(JsonNode node) {
        SortedMap<String, Rendered> rendered = new TreeMap<>();
        node.path("rendered").properties().forEach(each -> rendered.put(each.getKey(), rendered(each.getValue())));
        SortedMap<String, JsonNode> sampling = new TreeMap<>();
        node.path("sampling").properties().forEach(each -> sampling.put(each.getKey(), each.getValue()));
        return new Probes(rendered, sampling);
    }

    private static Rendered rendered(JsonNode node) {
        return new Rendered(
                node.path("text").asText(),
                node.path("ids").asText(),
                node.path("count").asInt());
    }

    private static LockstepException unreadable(Path file, String what) {
        return new LockstepException(
                ErrorKind.CONFIG, file + ": " + what + "; restore it from version control, or record the probes again");
    }
}
