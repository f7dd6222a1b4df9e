package dev.lockstep.lock;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a GGUF file says, without the data of its tensors.
 *
 * @param metadata key to value
 * @param tensors name to tensor
 * @param dataDigests name of a tensor to the SHA-256 of its data
 * @param files name of a file to its size and digest: one, or all shards of a file that is split
 */
record GgufFile(
        Path file,
        SortedMap<String, JsonNode> metadata,
        SortedMap<String, GgufTensor> tensors,
        SortedMap<String, String> dataDigests,
        SortedMap<String, FileEntry> files) {

    GgufFile {
        metadata = Collections.unmodifiableSortedMap(new TreeMap<>(metadata));
        tensors = Collections.unmodifiableSortedMap(new TreeMap<>(tensors));
        dataDigests = Collections.unmodifiableSortedMap(new TreeMap<>(dataDigests));
        files = Collections.unmodifiableSortedMap(new TreeMap<>(files));
    }
}
