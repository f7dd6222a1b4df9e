package dev.lockstep.lock;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The roots of the digests of tensors that a lock holds, by field.
 *
 * <p>Of a GGUF file the root is its weights, and pinned; of a folder it is a note beside the digests of its files.
 */
public record TensorRoots(SortedMap<String, String> byField) {
    private static final String SUFFIX = "." + FileFacts.TENSORS;

    public TensorRoots {
        byField = Collections.unmodifiableSortedMap(new TreeMap<>(byField));
    }

    /** Returns those of one lock. */
    public static TensorRoots of(Lock lock) {
        SortedMap<String, String> roots = new TreeMap<>();
        add(lock.layer(Layer.PROVENANCE).observed(), roots);
        add(lock.layer(Layer.WEIGHTS).pinned(), roots);
        return new TensorRoots(roots);
    }

    /** Tells whether a field holds a root. */
    public static boolean isRoot(String field) {
        return field.endsWith(SUFFIX);
    }

    /** Returns the root of one part of a model: {@code model}, {@code projector}. */
    public Optional<String> ofRole(String role) {
        return Optional.ofNullable(byField.get(role + SUFFIX));
    }

    private static void add(Map<String, JsonNode> fields, SortedMap<String, String> roots) {
        fields.forEach((field, value) -> {
            if (isRoot(field)) {
                roots.put(field, value.asText());
            }
        });
    }
}
