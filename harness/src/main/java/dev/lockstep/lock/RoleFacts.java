package dev.lockstep.lock;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.lockstep.document.CanonicalJson;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** The fields of one part of a stack, collected by layer; their names begin with its role. */
final class RoleFacts {
    private static final int LONGEST_READABLE = 120;

    private final String role;
    private final Map<Layer, SortedMap<String, JsonNode>> layers = new EnumMap<>(Layer.class);

    RoleFacts(String role) {
        this.role = role;
    }

    /** Keeps a value as it is. */
    void put(Layer layer, String name, JsonNode value) {
        layers.computeIfAbsent(layer, unused -> new TreeMap<>()).put(role + "." + name, value);
    }

    /** Keeps a short value as it is, and of a long one its digest and length. */
    void putReadable(Layer layer, String name, JsonNode value) {
        if (CanonicalJson.compact(value).length() <= LONGEST_READABLE) {
            put(layer, name, CanonicalJson.normal(value));
            return;
        }
        putDigest(layer, name, value);
    }

    /** Keeps the digest of a value's canonical JSON and, as {@code .length}, its items, members or characters. */
    void putDigest(Layer layer, String name, JsonNode value) {
        int length = value.isTextual() ? value.textValue().length() : value.size();
        put(layer, name, digest(value));
        put(layer, name + ".length", JsonNodeFactory.instance.numberNode(length));
    }

    static JsonNode digest(JsonNode value) {
        return TextNode.valueOf("sha256:" + CanonicalJson.sha256(value));
    }

    Map<Layer, SortedMap<String, JsonNode>> byLayer() {
        return Collections.unmodifiableMap(layers);
    }
}
