package dev.lockstep.lock;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lockstep.document.CanonicalJson;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What is known of one layer, field by field; equal values are equal however their numbers were spelled.
 *
 * @param pinned values we hold proof of
 * @param declared values that are the operator's word
 * @param observed values that the engine said of itself; no part of the lock id
 * @param unknown names of fields nobody could tell; a name that ends in {@code *} stands for all that begin so
 * @param applicable false when the stack has no such layer
 */
public record LayerState(
        SortedMap<String, JsonNode> pinned,
        SortedMap<String, JsonNode> declared,
        SortedMap<String, JsonNode> observed,
        SortedSet<String> unknown,
        boolean applicable) {
    /** Stands for every field that is not held, in a layer that could not be looked at. */
    public static final String EVERYTHING = "*";

    public LayerState {
        pinned = normal(pinned);
        declared = normal(declared);
        observed = normal(observed);
        unknown = Collections.unmodifiableSortedSet(new TreeSet<>(unknown));
    }

    public static LayerState of(
            Map<String, JsonNode> pinned,
            Map<String, JsonNode> declared,
            Map<String, JsonNode> observed,
            Set<String> unknown) {
        return new LayerState(
                new TreeMap<>(pinned), new TreeMap<>(declared), new TreeMap<>(observed), new TreeSet<>(unknown), true);
    }

    public static LayerState notApplicable() {
        return new LayerState(new TreeMap<>(), new TreeMap<>(), new TreeMap<>(), new TreeSet<>(), false);
    }

    /** Tells whether nobody could tell this field when the lock was made. */
    public boolean isUnknown(String field) {
        return unknown.stream()
                .anyMatch(name -> name.endsWith(EVERYTHING)
                        ? field.startsWith(name.substring(0, name.length() - 1))
                        : name.equals(field));
    }

    private static SortedMap<String, JsonNode> normal(SortedMap<String, JsonNode> fields) {
        TreeMap<String, JsonNode> copy = new TreeMap<>();
        fields.forEach((name, value) -> copy.put(name, CanonicalJson.normal(value)));
        return Collections.unmodifiableSortedMap(copy);
    }
}
