package dev.lockstep.lock;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.lockstep.document.UnreadableFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Reads what stands before the data of a GGUF file (versions 2 and 3, little-endian).
 *
 * <p>Layout after the <a href="https://github.com/ggml-org/ggml/blob/master/docs/gguf.md">GGUF specification</a>.
 */
final class GgufReader {
    private static final long MAGIC = 0x46554747;
    private static final int MOST_DIMENSIONS = 4;
    private static final long MOST_TENSORS = 1L << 17;
    private static final long MOST_ENTRIES = 1L << 16;
    private static final int LEAST_BYTES_OF_ENTRY = 13;
    private static final int LEAST_BYTES_OF_TENSOR = 24;
    private static final int DEFAULT_ALIGNMENT = 32;
    private static final String ALIGNMENT = "general.alignment";
    private static final String DAMAGED = "; the file is damaged: fetch it again";

    private final Path file;
    private final GgufInput input;
    private final GgufValues values;

    private GgufReader(Path file, GgufInput input) {
        this.file = file;
        this.input = input;
        this.values = new GgufValues(input);
    }

    /** Reads it. @throws dev.lockstep.document.LockstepException of kind CONFIG when the file is missing, cut off, damaged or no such GGUF file */
    static GgufFile read(Path file) {
        try (GgufInput input = GgufInput.open(file)) {
            return new GgufReader(file, input).read();
        } catch (IOException e) {
            throw UnreadableFile.because(file, e);
        }
    }

    private GgufFile read() throws IOException {
        requireFormat();
        long tensorCount = input.count("the number of tensors", LEAST_BYTES_OF_TENSOR, MOST_TENSORS);
        long entryCount = input.count("the number of metadata entries", LEAST_BYTES_OF_ENTRY, MOST_ENTRIES);
        SortedMap<String, GgufValue> metadata = metadata(entryCount);
        SortedMap<String, GgufTensor> tensors = tensors(tensorCount);
        int alignment = alignment(metadata);
        long dataOffset = input.nextAligned(alignment);
        requireData(tensors, input.size() - dataOffset, alignment);
        return new GgufFile(file, metadata, tensors, dataOffset);
    }

    private void requireFormat() throws IOException {
        if (input.remaining() < Integer.BYTES || input.u32("the first four bytes") != MAGIC) {
            throw input.broken("is no GGUF file: it does not begin with 'GGUF'; name the model's .gguf file");
        }
        long version = input.u32("the version");
        if (version != 0 && (version & 0xFFFF) == 0) {
            throw input.broken("is a big-endian GGUF file; convert it to little-endian (gguf-convert-endian)");
        }
        if (version != 2 && version != 3) {
            throw input.broken(
                    "is a GGUF file of version " + version + "; versions 2 and 3 can be read: convert the model anew");
        }
    }

    private SortedMap<String, GgufValue> metadata(long count) throws IOException {
        SortedMap<String, GgufValue> metadata = new TreeMap<>();
        for (long i = 0; i < count; i++) {
            String key = values.name("the key of metadata entry " + (i + 1));
            if (metadata.put(key, values.read("'" + key + "'")) != null) {
                throw input.broken("holds the metadata key '" + key + "' twice" + DAMAGED);
            }
        }
        return metadata;
    }

    private SortedMap<String, GgufTensor> tensors(long count) throws IOException {
        SortedMap<String, GgufTensor> tensors = new TreeMap<>();
        for (long i = 0; i < count; i++) {
            String name = values.name("the name of tensor " + (i + 1));
            if (tensors.put(name, tensor(name)) != null) {
                throw input.broken("holds the tensor '" + name + "' twice" + DAMAGED);
            }
        }
        return tensors;
    }

    private GgufTensor tensor(String name) throws IOException {
        String what = "tensor '" + name + "'";
        List<Long> shape = shape(what);
        long typeId = input.u32(what);
        GgmlType type = GgmlType.of(typeId)
                .orElseThrow(() -> input.broken(what + " has the ggml type " + typeId
                        + ", which this Lockstep does not know; use a newer Lockstep"));
        long offset = input.i64(what);
        return new GgufTensor(name, type, shape, offset, size(what, type, shape));
    }

    private List<Long> shape(String what) throws IOException {
        long dimensions = input.u32(what);
        if (dimensions > MOST_DIMENSIONS) {
            throw input.broken(what + " has " + dimensions + " dimensions, more than " + MOST_DIMENSIONS + DAMAGED);
        }
        List<Long> shape = new ArrayList<>();
        for (int i = 0; i < dimensions; i++) {
            shape.add(input.i64(what));
        }
        return shape;
    }

    private long size(String what, GgmlType type, List<Long> shape) {
        long row = shape.isEmpty() ? 1 : shape.get(0);
        if (shape.stream().anyMatch(length -> length < 0) || row % type.blockLength() != 0) {
            throw input.broken(what + " has the shape " + shape + ", which " + type + " cannot store" + DAMAGED);
        }
        try {
            return type.bytes(shape.stream().reduce(1L, Math::multiplyExact));
        } catch (ArithmeticException e) {
            throw input.broken(what + " has the shape " + shape + ", more than any file can hold" + DAMAGED);
        }
    }

    private int alignment(SortedMap<String, GgufValue> metadata) {
        GgufValue value = metadata.get(ALIGNMENT);
        if (value == null) {
            return DEFAULT_ALIGNMENT;
        }
        JsonNode found = value.plain().orElseGet(JsonNodeFactory.instance::missingNode);
        if (found.isIntegralNumber() && found.canConvertToInt() && Integer.bitCount(found.intValue()) == 1) {
            return found.intValue();
        }
        throw input.broken("'" + ALIGNMENT + "' is " + found + ", not a power of two" + DAMAGED);
    }

    /** Looks at every place before the data is read: a file that is cut off is refused at once, not after an hour. */
    private void requireData(SortedMap<String, GgufTensor> tensors, long data, int alignment) {
        List<GgufTensor> inFileOrder = tensors.values().stream()
                .sorted(Comparator.comparingLong(GgufTensor::offset).thenComparingLong(GgufTensor::bytes))
                .toList();
        long at = 0;
        for (GgufTensor tensor : inFileOrder) {
            String what = "tensor '" + tensor.name() + "'";
            if (tensor.offset() < at || tensor.offset() % alignment != 0) {
                throw input.broken(what + " begins at byte " + Long.toUnsignedString(tensor.offset())
                        + " of the data, inside another tensor or not aligned to " + alignment + DAMAGED);
            }
            if (tensor.bytes() > data - tensor.offset()) {
                throw input.broken("has " + data + " bytes of data, but " + what + " needs " + tensor.bytes() + " from "
                        + tensor.offset() + " on; the file is cut off: fetch it again");
            }
            at = tensor.end();
        }
    }
}
