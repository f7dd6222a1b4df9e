package dev.lockstep.lock;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a GGUF model says that is one file or several, without the data of its tensors.
 *
 * @param file the one that was named
 * @param metadata key to value
 * @param tensors name to tensor; its offset is that in its own file
 * @param shards the files, in their order
 */
record GgufSet(
        Path file,
        SortedMap<String, GgufValue> metadata,
        SortedMap<String, GgufTensor> tensors,
        List<GgufFile> shards) {

    GgufSet {
        metadata = Collections.unmodifiableSortedMap(new TreeMap<>(metadata));
        tensors = Collections.unmodifiableSortedMap(new TreeMap<>(tensors));
        shards = List.copyOf(shards);
    }

    static GgufSet of(GgufFile whole) {
        return new GgufSet(whole.file(), whole.metadata(), whole.tensors(), List.of(whole));
    }

    boolean isWhole() {
        return shards.size() == 1;
    }

    /** Returns a value that is not a long list. */
    Optional<JsonNode> plain(String key) {
        return Optional.ofNullable(metadata.get(key)).flatMap(GgufValue::plain);
    }
}
