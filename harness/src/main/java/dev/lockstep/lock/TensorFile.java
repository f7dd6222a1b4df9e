package dev.lockstep.lock;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A file of tensors as its header describes it; their data has not been read.
 *
 * @param headerBytes how many bytes stand before the data
 */
public record TensorFile(Path file, long headerBytes, SortedMap<String, Tensor> tensors) {

    public TensorFile {
        tensors = Collections.unmodifiableSortedMap(new TreeMap<>(tensors));
    }

    /**
     * A tensor and the place of its data.
     *
     * @param type the name of its type, as the format spells it
     * @param shape elements per dimension, in the order of the file
     * @param offset bytes from the beginning of the file
     * @param bytes length of its data
     */
    public record Tensor(String type, List<Long> shape, long offset, long bytes) {
        static final Comparator<Tensor> IN_FILE_ORDER =
                Comparator.comparingLong(Tensor::offset).thenComparingLong(Tensor::bytes);

        public Tensor {
            shape = List.copyOf(shape);
        }

        Tensor movedBy(long further) {
            return new Tensor(type, shape, offset + further, bytes);
        }
    }

    /**
     * Reads the header of a GGUF file, where the name ends in {@code .gguf}, else of a safetensors file.
     *
     * @throws dev.lockstep.document.LockstepException of kind CONFIG when it is missing, cut off or damaged
     */
    public static TensorFile read(Path file) {
        return file.toString().endsWith(".gguf")
                ? GgufReader.read(file).asTensorFile()
                : SafetensorsReader.read(file).asTensorFile();
    }

    /** Returns names and tensors in the order of their data. */
    List<Map.Entry<String, Tensor>> inFileOrder() {
        return tensors.entrySet().stream()
                .sorted(Map.Entry.comparingByValue(Tensor.IN_FILE_ORDER))
                .toList();
    }

    /** Returns the parts that are hashed by themselves: the header, then the tensors in the order of their data. */
    List<Extent> extents() {
        List<Extent> extents = new ArrayList<>();
        extents.add(new Extent(0, headerBytes));
        inFileOrder()
                .forEach(each -> extents.add(
                        new Extent(each.getValue().offset(), each.getValue().bytes())));
        return extents;
    }

    /** Returns what one reading says, {@code parts} being the digests of {@link #extents()}. */
    TensorReading with(FileDigest whole, List<String> parts) {
        FileDigest.Header header = new FileDigest.Header(headerBytes, parts.getFirst());
        SortedMap<String, TensorDigest> digests = new TreeMap<>();
        int part = 0;
        for (Map.Entry<String, Tensor> each : inFileOrder()) {
            part++;
            Tensor tensor = each.getValue();
            digests.put(each.getKey(), new TensorDigest(tensor.type(), tensor.shape(), parts.get(part)));
        }
        return new TensorReading(whole.withHeader(header), new TensorDigests(digests));
    }
}
