package dev.lockstep.lock;

import com.fasterxml.jackson.databind.node.TextNode;
import dev.lockstep.document.CanonicalJson;
import dev.lockstep.document.Sha256;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Collections;
import java.util.Iterator;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * The digests of all tensors of a model.
 *
 * <p>Their canonical JSON is {@code {name: {"sha256": data, "shape": [...], "type": name}}}; the order, the offsets and the
 * padding in the files, and how many files there are, do not count.
 *
 * @param byName name to tensor
 */
public record TensorDigests(SortedMap<String, TensorDigest> byName) {

    public TensorDigests {
        byName = Collections.unmodifiableSortedMap(new TreeMap<>(byName));
    }

    public static TensorDigests none() {
        return new TensorDigests(new TreeMap<>());
    }

    /** Returns the SHA-256 of the canonical JSON, in lower-case hex: what stands in the lock. */
    public String root() {
        MessageDigest digest = Sha256.begin();
        writeTo(text -> digest.update(text.getBytes(StandardCharsets.UTF_8)));
        return Sha256.hex(digest);
    }

    /** Returns the names that both hold. */
    public SortedSet<String> shared(TensorDigests other) {
        SortedSet<String> names = new TreeSet<>(byName.keySet());
        names.retainAll(other.byName.keySet());
        return names;
    }

    /** Returns the tensors of both, as of a model in several files; of a name that both hold, the other's. */
    public TensorDigests and(TensorDigests other) {
        SortedMap<String, TensorDigest> both = new TreeMap<>(byName);
        both.putAll(other.byName);
        return new TensorDigests(both);
    }

    /** Writes the canonical JSON piece by piece: a model has many tensors. */
    void writeTo(Consumer<String> out) {
        out.accept("{");
        for (Iterator<Map.Entry<String, TensorDigest>> all = byName.entrySet().iterator(); all.hasNext(); ) {
            Map.Entry<String, TensorDigest> each = all.next();
            String name = CanonicalJson.compact(TextNode.valueOf(each.getKey()));
            String tensor = CanonicalJson.compact(each.getValue().toJson());
            out.accept(name + ":" + tensor + (all.hasNext() ? "," : ""));
        }
        out.accept("}");
    }
}
