package dev.lockstep.lock;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/**
 * The tensors of a model that differ between two locks.
 *
 * @param field the field that holds the root of their digests
 * @param tensors empty when the sidecar of one of the locks is not at hand
 */
public record WeightsDiff(String field, Optional<TensorDiff> tensors) {
    /**
     * Returns one for each model that both locks have, and that is not the same.
     *
     * @param kept where the sidecars of both may lie
     */
    public static List<WeightsDiff> between(Lock before, Lock after, List<TensorStore> kept) {
        SortedMap<String, String> earlier = TensorRoots.of(before).byField();
        List<WeightsDiff> diffs = new ArrayList<>();
        TensorRoots.of(after).byField().forEach((field, root) -> {
            String other = earlier.get(field);
            if (other != null && !other.equals(root)) {
                diffs.add(new WeightsDiff(
                        field,
                        find(other, kept).flatMap(then -> find(root, kept).map(now -> TensorDiff.between(then, now)))));
            }
        });
        return diffs;
    }

    private static Optional<TensorDigests> find(String root, List<TensorStore> kept) {
        return kept.stream().flatMap(store -> store.find(root).stream()).findFirst();
    }
}
