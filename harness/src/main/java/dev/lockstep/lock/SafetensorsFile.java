package dev.lockstep.lock;

import java.nio.file.Path;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a safetensors file says, without the data of its tensors.
 *
 * @param headerBytes how many bytes stand before the data
 * @param metadata texts that stand in the header beside the tensors
 * @param tensors name to tensor; their offsets are those in the file
 */
record SafetensorsFile(
        Path file, long headerBytes, SortedMap<String, String> metadata, SortedMap<String, TensorFile.Tensor> tensors) {

    SafetensorsFile {
        metadata = Collections.unmodifiableSortedMap(new TreeMap<>(metadata));
        tensors = Collections.unmodifiableSortedMap(new TreeMap<>(tensors));
    }

    TensorFile asTensorFile() {
        return new TensorFile(file, headerBytes, tensors);
    }
}
