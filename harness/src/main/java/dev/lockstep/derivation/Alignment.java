package dev.lockstep.derivation;

import dev.lockstep.lock.TensorDigest;
import dev.lockstep.lock.TensorDigests;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The tensors of a base by the names and shapes that the derived model has for them.
 *
 * <p>A tensor that has no name there keeps its own. The filter of two frames of Qwen's vision towers is cut into one for each,
 * whose digests nobody has.
 *
 * @param base the tensors
 * @param ownNames the derived model's name of a tensor, and the base's
 * @param isOtherFormat whether the base is a folder in Hugging Face's layout, and the derived model is GGUF
 */
record Alignment(TensorDigests base, SortedMap<String, String> ownNames, boolean isOtherFormat) {
    private static final int DIMENSIONS_OF_A_VIDEO_FILTER = 5;

    static Alignment of(TensorDigests base, TensorDigests derived) {
        Set<String> names = derived.byName().keySet();
        boolean isOther = TensorNames.areOfGguf(names)
                && !TensorNames.areOfGguf(base.byName().keySet());
        return isOther ? inGguf(base, TensorNames.of(names)) : new Alignment(base, new TreeMap<>(), false);
    }

    private static Alignment inGguf(TensorDigests base, TensorNames names) {
        SortedMap<String, TensorDigest> renamed = new TreeMap<>();
        SortedMap<String, String> ownNames = new TreeMap<>();
        base.byName()
                .forEach((name, tensor) -> inGguf(names.inGguf(name).orElse(name), tensor)
                        .forEach((target, part) -> {
                            renamed.put(target, part);
                            ownNames.put(target, name);
                        }));
        return new Alignment(new TensorDigests(renamed), ownNames, true);
    }

    private static SortedMap<String, TensorDigest> inGguf(String name, TensorDigest tensor) {
        SortedMap<String, TensorDigest> parts = new TreeMap<>();
        List<Long> shape = tensor.shape().reversed();
        if (shape.size() != DIMENSIONS_OF_A_VIDEO_FILTER) {
            parts.put(name, new TensorDigest(tensor.type(), shape, tensor.sha256()));
            return parts;
        }
        List<Long> frame = List.of(shape.get(0), shape.get(1), shape.get(3), shape.get(4));
        for (int number = 0; number < shape.get(2); number++) {
            parts.put(number == 0 ? name : name + "." + number, new TensorDigest(tensor.type(), frame, ""));
        }
        return parts;
    }

    /** Returns the derived model's name for what an adapter of either format calls a tensor. */
    String derivedName(String adapterName) {
        return ownNames.entrySet().stream()
                .filter(each -> each.getValue().equals(adapterName))
                .map(Map.Entry::getKey)
                .findFirst()
                .orElse(adapterName);
    }

    /** Returns the derived model's names for the tensors that an adapter speaks of. */
    SortedMap<String, StoredPair> renamed(SortedMap<String, StoredPair> pairs) {
        SortedMap<String, StoredPair> renamed = new TreeMap<>();
        pairs.forEach((name, pair) -> renamed.put(derivedName(name), pair));
        return renamed;
    }

    /** Returns the names of tensors whose numbers may differ only by rounding. */
    SortedSet<String> names() {
        return new TreeSet<>(base.byName().keySet());
    }
}
