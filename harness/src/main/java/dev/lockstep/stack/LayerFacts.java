package dev.lockstep.stack;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.lockstep.document.Sha256;
import dev.lockstep.lock.Layer;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Facts about a stack, collected by layer and field; absent values are left out. */
final class LayerFacts {
    private final Map<Layer, SortedMap<String, JsonNode>> facts = new EnumMap<>(Layer.class);

    LayerFacts put(Layer layer, String field, JsonNode value) {
        if (!value.isMissingNode() && !value.isNull()) {
            of(layer).put(field, value);
        }
        return this;
    }

    LayerFacts put(Layer layer, String field, String value) {
        return put(layer, field, TextNode.valueOf(value));
    }

    /** Keeps only the digest of a text, such as a template. */
    LayerFacts putDigest(Layer layer, String field, JsonNode text) {
        return text.isTextual() ? put(layer, field, Sha256.of(text.textValue())) : this;
    }

    LayerFacts putAll(Layer layer, Map<String, JsonNode> fields) {
        fields.forEach((field, value) -> put(layer, field, value));
        return this;
    }

    LayerFacts putAll(Map<Layer, SortedMap<String, JsonNode>> more) {
        more.forEach(this::putAll);
        return this;
    }

    boolean has(Layer layer) {
        return facts.containsKey(layer);
    }

    SortedMap<String, JsonNode> fields(Layer layer) {
        return Collections.unmodifiableSortedMap(facts.getOrDefault(layer, new TreeMap<>()));
    }

    Map<Layer, SortedMap<String, JsonNode>> byLayer() {
        return Collections.unmodifiableMap(facts);
    }

    private SortedMap<String, JsonNode> of(Layer layer) {
        return facts.computeIfAbsent(layer, key -> new TreeMap<>());
    }
}
