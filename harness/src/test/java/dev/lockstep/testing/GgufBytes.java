package dev.lockstep.testing;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.LongStream;

/**
 * What each byte of a GGUF file is for, found out by a reader that shares no line with the product's.
 *
 * <p>Layout after the <a href="https://github.com/ggml-org/ggml/blob/master/docs/gguf.md">GGUF specification</a>, version 3.
 */
public final class GgufBytes {
    private static final int[] WIDTHS = {1, 1, 2, 2, 4, 4, 4, 1, 0, 0, 8, 8, 8};
    private static final int FLAG = 7;
    private static final int TEXT = 8;
    private static final int LIST = 9;

    private final NavigableMap<Long, Region> regions = new TreeMap<>();
    private final NavigableMap<String, Value> metadata = new TreeMap<>();
    private final NavigableMap<String, Tensor> tensors = new TreeMap<>();
    private final ByteBuffer file;
    private final int firstTensor;
    private final int infosEnd;
    private final long dataStart;

    /** What a byte belongs to. */
    public enum Part {
        /** Counts, lengths and types: changed, the file reads as another one, or not at all. */
        STRUCTURE,
        KEY,
        VALUE,
        TENSOR,
        DATA,
        PADDING
    }

    /**
     * A part of the file.
     *
     * @param name of the key or tensor
     */
    public record Region(Part part, String name) {}

    /** Where a value stands, its type before it; {@code type} is that of the items of a list. */
    record Value(int from, int to, int type) {}

    /** Where the data of a tensor stand, counted from the beginning of the file. */
    public record Tensor(long from, long to) {}

    /** Reads a file. */
    public static GgufBytes of(Path path) throws IOException {
        return new GgufBytes(Files.readAllBytes(path));
    }

    GgufBytes(byte[] bytes) {
        this.file = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        mark(Part.STRUCTURE, "");
        file.position(8);
        long tensorCount = file.getLong();
        long keys = file.getLong();
        LongStream.range(0, keys).forEach(each -> entry());
        this.firstTensor = file.position();
        NavigableMap<Long, String> starts = new TreeMap<>();
        LongStream.range(0, tensorCount).forEach(each -> info(starts));
        this.infosEnd = file.position();
        mark(Part.PADDING, "");
        this.dataStart = (file.position() + 31L) / 32 * 32;
        data(starts, bytes.length);
    }

    /** Returns what a byte is for. */
    public Region at(long offset) {
        return Objects.requireNonNull(regions.floorEntry(offset)).getValue();
    }

    /** Tells whether a value is a truth value, which has two of the 256 forms of a byte. */
    public boolean isFlag(String key) {
        return value(key).type() == FLAG;
    }

    /** Returns where the data begin. */
    public long dataStart() {
        return dataStart;
    }

    /** Returns where the infos of the tensors begin. */
    int firstTensor() {
        return firstTensor;
    }

    /** Returns where they end. */
    int infosEnd() {
        return infosEnd;
    }

    /** Returns where the data of a tensor stand, with the padding after them. */
    public Tensor tensor(String name) {
        Tensor tensor = tensors.get(name);
        if (tensor == null) {
            throw new IllegalArgumentException("no tensor " + name + "; there are " + tensors.keySet());
        }
        return tensor;
    }

    NavigableMap<String, Value> metadata() {
        return metadata;
    }

    Value value(String key) {
        Value value = metadata.get(key);
        if (value == null) {
            throw new IllegalArgumentException("no key " + key + "; there are " + metadata.keySet());
        }
        return value;
    }

    private void entry() {
        String key = name(Part.KEY);
        mark(Part.STRUCTURE, key);
        int from = file.position();
        int type = file.getInt();
        int items = 1;
        if (type == LIST) {
            type = file.getInt();
            items = Math.toIntExact(file.getLong());
        }
        for (int i = 0; i < items; i++) {
            item(type, key);
        }
        metadata.put(key, new Value(from, file.position(), type));
        mark(Part.STRUCTURE, "");
    }

    private void item(int type, String key) {
        if (type == TEXT) {
            mark(Part.STRUCTURE, key);
        }
        long width = type == TEXT ? file.getLong() : WIDTHS[type];
        mark(Part.VALUE, key);
        file.position(Math.toIntExact(file.position() + width));
    }

    private void info(NavigableMap<Long, String> starts) {
        String name = name(Part.TENSOR);
        mark(Part.TENSOR, name);
        int dimensions = file.getInt();
        file.position(file.position() + dimensions * Long.BYTES + Integer.BYTES);
        starts.put(file.getLong(), name);
        mark(Part.STRUCTURE, "");
    }

    /** Padding after the data of a tensor counts as data: who must know reads the shapes. */
    private void data(NavigableMap<Long, String> starts, long end) {
        starts.forEach((start, name) -> {
            Long next = starts.higherKey(start);
            tensors.put(name, new Tensor(dataStart + start, next == null ? end : dataStart + next));
            regions.put(dataStart + start, new Region(Part.DATA, name));
        });
    }

    private String name(Part part) {
        byte[] name = new byte[Math.toIntExact(file.getLong())];
        int from = file.position();
        file.get(name);
        String text = new String(name, StandardCharsets.UTF_8);
        regions.put((long) from, new Region(part, text));
        return text;
    }

    private void mark(Part part, String name) {
        regions.put((long) file.position(), new Region(part, name));
    }
}
