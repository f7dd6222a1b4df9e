package dev.lockstep.interchange;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.lockstep.lock.Layer;
import dev.lockstep.lock.LayerState;
import dev.lockstep.lock.Lock;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;

/** Locks of a stack named tiny, in which every layer that is not given is not applicable. */
final class Locks {
    private Locks() {}

    static Lock of(Map<Layer, LayerState> layers) {
        EnumMap<Layer, LayerState> all = new EnumMap<>(Layer.class);
        for (Layer layer : Layer.values()) {
            all.put(layer, layers.getOrDefault(layer, LayerState.notApplicable()));
        }
        return new Lock("tiny", all);
    }

    static LayerState pinned(Map<String, JsonNode> fields) {
        return LayerState.of(fields, Map.of(), Map.of(), Set.of());
    }

    /** A model folder of one file of weights, one configuration and a README. */
    static Lock ofFolder(String weights) {
        return of(Map.of(
                Layer.WEIGHTS,
                pinned(Map.of("model.file.model.safetensors", entry(weights, 12))),
                Layer.PROVENANCE,
                LayerState.of(
                        Map.of("model.file.config.json", entry("c".repeat(64), 2)),
                        Map.of(),
                        Map.of("model.file.README.md", entry("d".repeat(64), 1)),
                        Set.of())));
    }

    static JsonNode entry(String sha256, long size) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("sha256", sha256)
                .put("size", size)
                .put("gitOid", "1".repeat(40));
    }

    static JsonNode text(String value) {
        return TextNode.valueOf(value);
    }
}
