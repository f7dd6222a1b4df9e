package dev.lockstep.lock;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The tensors of a model that differ between two locks.
 *
 * @param field the field that holds the root of their digests
 * @param tensors empty when the sidecar of one of the locks is not at hand
 */
public record WeightsDiff(String field, Optional<TensorDiff> tensors) {
    private static final String ROOT = ".tensors";

    /**
     * Returns one for each model that both locks have, and that is not the same.
     *
     * @param kept where the sidecars of both may lie
     */
    public static List<WeightsDiff> between(Lock before, Lock after, List<TensorStore> kept) {
        Map<String, String> earlier = roots(before);
        List<WeightsDiff> diffs = new ArrayList<>();
        roots(after).forEach((field, root) -> {
            String other = earlier.get(field);
            if (other != null && !other.equals(root)) {
                diffs.add(new WeightsDiff(
                        field,
                        find(other, kept).flatMap(then -> find(root, kept).map(now -> TensorDiff.between(then, now)))));
            }
        });
        return diffs;
    }

    /** Of a GGUF file the root is its weights; of a folder it stands beside the digests of its files. */
    private static Map<String, String> roots(Lock lock) {
        Map<String, String> roots = new TreeMap<>();
        addRoots(lock.layer(Layer.PROVENANCE).observed(), roots);
        addRoots(lock.layer(Layer.WEIGHTS).pinned(), roots);
        return roots;
    }

    private static void addRoots(Map<String, JsonNode> fields, Map<String, String> roots) {
        fields.forEach((field, value) -> {
            if (field.endsWith(ROOT)) {
                roots.put(field, value.asText());
            }
        });
    }

    private static Optional<TensorDigests> find(String root, List<TensorStore> kept) {
        return kept.stream().flatMap(store -> store.find(root).stream()).findFirst();
    }
}
