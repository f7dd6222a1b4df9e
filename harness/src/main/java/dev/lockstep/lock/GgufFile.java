package dev.lockstep.lock;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a GGUF file says, without the data of its tensors.
 *
 * @param metadata key to value
 * @param tensors name to tensor
 * @param dataOffset how many bytes stand before the data
 */
record GgufFile(
        Path file, SortedMap<String, GgufValue> metadata, SortedMap<String, GgufTensor> tensors, long dataOffset) {

    GgufFile {
        metadata = Collections.unmodifiableSortedMap(new TreeMap<>(metadata));
        tensors = Collections.unmodifiableSortedMap(new TreeMap<>(tensors));
    }

    /** Returns a value that is not a long list. */
    Optional<JsonNode> plain(String key) {
        return Optional.ofNullable(metadata.get(key)).flatMap(GgufValue::plain);
    }

    TensorFile asTensorFile() {
        SortedMap<String, TensorFile.Tensor> inFile = new TreeMap<>();
        tensors.forEach((name, tensor) -> inFile.put(
                name,
                new TensorFile.Tensor(
                        tensor.type().name(), tensor.shape(), dataOffset + tensor.offset(), tensor.bytes())));
        return new TensorFile(file, dataOffset, inFile);
    }
}
