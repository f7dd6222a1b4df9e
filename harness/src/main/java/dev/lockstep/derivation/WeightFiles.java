package dev.lockstep.derivation;

import dev.lockstep.lock.ModelSource;
import dev.lockstep.lock.TensorFile;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Where the numbers of a model lie.
 *
 * @param tensors name to the file that holds it
 */
record WeightFiles(SortedMap<String, TensorFile> tensors) {

    WeightFiles {
        tensors = Collections.unmodifiableSortedMap(new TreeMap<>(tensors));
    }

    static WeightFiles none() {
        return new WeightFiles(new TreeMap<>());
    }

    /** Reads the headers of the files of a model: a GGUF file with its shards, or the safetensors of a folder. */
    static WeightFiles of(List<Path> models) {
        SortedMap<String, TensorFile> tensors = new TreeMap<>();
        models.stream()
                .flatMap(WeightFiles::files)
                .distinct()
                .map(TensorFile::read)
                .forEach(file -> file.tensors().keySet().forEach(name -> tensors.put(name, file)));
        return new WeightFiles(tensors);
    }

    private static Stream<Path> files(Path model) {
        return ModelSource.at(model).files().stream()
                .filter(file ->
                        file.toString().endsWith(".gguf") || file.toString().endsWith(".safetensors"));
    }

    Set<String> names() {
        return tensors.keySet();
    }

    /** Tells whether a tensor is there and holds plain numbers. */
    boolean holdNumbers(String name) {
        TensorFile file = tensors.get(name);
        TensorFile.Tensor tensor = file == null ? null : file.tensors().get(name);
        return tensor != null && NumberFormat.of(tensor.type()).isPresent();
    }

    /** Opens a tensor; empty when it is not there, or its type holds no plain numbers. */
    Optional<NumberRows> open(String name) {
        TensorFile file = tensors.get(name);
        TensorFile.Tensor tensor = file == null ? null : file.tensors().get(name);
        if (file == null || tensor == null) {
            return Optional.empty();
        }
        return NumberFormat.of(tensor.type()).map(format -> NumberRows.open(file.file(), format, tensor));
    }
}
