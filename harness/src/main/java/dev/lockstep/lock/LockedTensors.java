package dev.lockstep.lock;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lockstep.document.LockstepException;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a lock holds of the tensors of one part: their root, and by the sidecar with that root each of them.
 *
 * @param field the field of the root
 * @param stored empty when the sidecar is not here, or damaged
 */
record LockedTensors(Lock lock, String field, Optional<TensorDigests> stored) {

    static LockedTensors of(Lock lock, String role, TensorStore store) {
        String field = role + "." + FileFacts.TENSORS;
        return new LockedTensors(lock, field, root(lock, role, field).flatMap(root -> find(store, root)));
    }

    /** A sidecar that is damaged proves nothing, and need not: then the lock's own root stands for it. */
    private static Optional<TensorDigests> find(TensorStore store, String root) {
        try {
            return store.find(root);
        } catch (LockstepException damaged) {
            return Optional.empty();
        }
    }

    /** The tensors of an adapter stand in a layer of their own. */
    private static Optional<String> root(Lock lock, String role, String field) {
        return TensorRoots.of(lock)
                .ofRole(role)
                .or(() -> Optional.ofNullable(
                                lock.layer(Layer.ADAPTERS).pinned().get(field))
                        .map(JsonNode::asText));
    }

    /** Returns the tensors of a file whose bytes are the locked ones; empty when the sidecar speaks of others. */
    Optional<TensorDigests> in(TensorFile file) {
        SortedMap<String, TensorDigest> found = new TreeMap<>();
        for (Map.Entry<String, TensorFile.Tensor> each : file.tensors().entrySet()) {
            TensorDigest known =
                    stored.map(all -> all.byName().get(each.getKey())).orElse(null);
            TensorFile.Tensor tensor = each.getValue();
            if (known == null
                    || !known.type().equals(tensor.type())
                    || !known.shape().equals(tensor.shape())) {
                return Optional.empty();
            }
            found.put(each.getKey(), known);
        }
        return Optional.of(new TensorDigests(found));
    }

    /** Returns the tensors of a file in whichever format; of one without tensors none. */
    Optional<TensorDigests> in(Path file, boolean isGguf) {
        try {
            Optional<TensorFile> header =
                    isGguf ? Optional.of(GgufReader.read(file).asTensorFile()) : SafetensorsReader.tensorsOf(file);
            return header.isEmpty() ? Optional.of(TensorDigests.none()) : in(header.get());
        } catch (LockstepException damaged) {
            return Optional.empty();
        }
    }

    /** Returns facts of files that are all the locked ones, with the lock's root of their tensors. */
    SourceFacts standFor(SourceFacts facts) {
        SortedMap<String, JsonNode> notes = new TreeMap<>(facts.notes());
        Optional.ofNullable(lock.layer(Layer.PROVENANCE).observed().get(field))
                .ifPresent(root -> notes.put(field, root));
        Map<Layer, SortedMap<String, JsonNode>> proof = new EnumMap<>(Layer.class);
        facts.proof().forEach((layer, fields) -> {
            SortedMap<String, JsonNode> same = new TreeMap<>(fields);
            Optional.ofNullable(lock.layer(layer).pinned().get(field)).ifPresent(root -> same.put(field, root));
            proof.put(layer, same);
        });
        return new SourceFacts(proof, notes, facts.problems(), TensorDigests.none(), facts.chunks());
    }
}
