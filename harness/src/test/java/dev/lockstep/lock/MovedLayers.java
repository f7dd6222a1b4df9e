package dev.lockstep.lock;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeSet;

/** Which layers differ between two readings of a source. */
final class MovedLayers {

    private MovedLayers() {}

    /** Returns them without provenance, which moves with every byte. */
    static SortedSet<Layer> between(SourceFacts before, SourceFacts after) {
        SortedSet<Layer> moved = all(before.proof(), after.proof());
        moved.remove(Layer.PROVENANCE);
        return moved;
    }

    static SortedSet<Layer> all(
            Map<Layer, SortedMap<String, JsonNode>> before, Map<Layer, SortedMap<String, JsonNode>> after) {
        TreeSet<Layer> moved = new TreeSet<>(before.keySet());
        moved.addAll(after.keySet());
        moved.removeIf(layer -> Objects.equals(before.get(layer), after.get(layer)));
        return moved;
    }
}
