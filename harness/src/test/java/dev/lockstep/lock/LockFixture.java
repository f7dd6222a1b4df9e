package dev.lockstep.lock;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;

/** Locks of a stack named tiny, in which every layer that is not given is not applicable. */
final class LockFixture {

    private LockFixture() {}

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

    static LayerState observed(Map<String, JsonNode> fields) {
        return LayerState.of(Map.of(), Map.of(), fields, Set.of());
    }
}
