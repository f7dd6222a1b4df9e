package dev.lockstep.stack;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.lockstep.document.AtomicFile;
import dev.lockstep.document.CanonicalJson;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * What a server answered when it was asked who it is, kept beside the lock and no part of it: evidence for people.
 *
 * <p>What changes with each start or question, such as the media marker of llama.cpp, and what is secret are placeholders, so
 * that asking the same server again writes the same bytes.
 *
 * @param bodies by the name of their file
 */
public record Captures(SortedMap<String, JsonNode> bodies) {
    private static final String ENDING = ".json";
    private static final Pattern SEPARATORS = Pattern.compile("[^A-Za-z0-9-]+");

    /** What an answer says of time and chance. */
    private static final Map<String, String> VOLATILE = Map.of(
            "created", "${time}",
            "expires_at", "${time}",
            "modified_at", "${time}",
            "media_marker", "${random}");

    /** Lists whose items are made anew for each answer. */
    private static final Set<String> RANDOM_LISTS = Set.of("permission");

    public Captures {
        bodies = Collections.unmodifiableSortedMap(new TreeMap<>(bodies));
    }

    /** Takes what a server has answered so far; nothing is asked. */
    static Captures of(LiveJson server) {
        SortedMap<String, JsonNode> bodies = new TreeMap<>();
        server.answers().forEach((path, body) -> bodies.put(fileName(path), quiet(body)));
        return new Captures(bodies);
    }

    public static Captures none() {
        return new Captures(new TreeMap<>());
    }

    /** Writes a file for each body into a folder; others that lie there stay. */
    public void write(Path folder) {
        bodies.forEach((name, body) -> AtomicFile.write(folder.resolve(name), CanonicalJson.pretty(body)));
    }

    private static String fileName(String path) {
        return SEPARATORS.matcher(path.substring(1)).replaceAll("_") + ENDING;
    }

    private static JsonNode quiet(JsonNode body) {
        if (body.isObject()) {
            ObjectNode quiet = JsonNodeFactory.instance.objectNode();
            body.properties().forEach(field -> quiet.set(field.getKey(), quiet(field.getKey(), field.getValue())));
            return quiet;
        }
        if (body.isArray()) {
            ArrayNode quiet = JsonNodeFactory.instance.arrayNode();
            body.forEach(item -> quiet.add(quiet(item)));
            return quiet;
        }
        return body.isTextual() ? TextNode.valueOf(SecretWords.maskTokens(body.textValue())) : body;
    }

    private static JsonNode quiet(String name, JsonNode value) {
        String placeholder = VOLATILE.get(name);
        if (placeholder != null) {
            return TextNode.valueOf(placeholder);
        }
        if (RANDOM_LISTS.contains(name)) {
            return JsonNodeFactory.instance.arrayNode();
        }
        boolean isSecret = value.isTextual() && !value.textValue().isEmpty() && SecretWords.isSecret(name);
        return isSecret ? TextNode.valueOf(SecretWords.PLACEHOLDER) : quiet(value);
    }
}
