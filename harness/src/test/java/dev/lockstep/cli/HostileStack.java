package dev.lockstep.cli;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** A folder with a stack whose model somebody damaged, or made to do harm. */
final class HostileStack {
    /** Sparse: it takes no room, and hashing it would take half a minute. */
    static final long HUGE = 50L << 30;

    /** The header of one tensor of four bytes. */
    static final String HEADER = "{\"a\":{\"dtype\":\"U8\",\"shape\":[4],\"data_offsets\":[0,4]}}   ";

    /** A file of weights that nothing is wrong with. */
    static final byte[] WEIGHTS = safetensors(HEADER.length(), HEADER, 4);

    private static final int STRING = 8;
    private static final int LIST = 9;
    private static final int U32 = 4;

    private final Path folder;

    private HostileStack(Path folder) {
        this.folder = folder;
    }

    /** Describes a stack of which nothing but the model is read. */
    static HostileStack in(Path folder, String weights) throws IOException {
        Files.createDirectories(folder);
        Files.writeString(folder.resolve("stack.yaml"), """
                schema: stack/1
                name: hostile
                engine: llama.cpp
                model: tiny
                visibility: visible
                endpoint: {url: "http://127.0.0.1:1"}
                files: {weights: "%s"}
                """.formatted(weights));
        return new HostileStack(folder);
    }

    Path folder() {
        return folder;
    }

    Path file(String name) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.resolveSibling(""));
        return file;
    }

    HostileStack text(String name, String text) throws IOException {
        Files.writeString(file(name), text);
        return this;
    }

    HostileStack bytes(String name, byte[] bytes) throws IOException {
        Files.write(file(name), bytes);
        return this;
    }

    HostileStack link(String name, Path target) throws IOException {
        Files.createSymbolicLink(file(name), target);
        return this;
    }

    /** A file that begins with some bytes and goes on with zeros. */
    HostileStack sparse(String name, long size, byte[] head) throws IOException {
        try (RandomAccessFile sparse = new RandomAccessFile(file(name).toFile(), "rw")) {
            sparse.write(head);
            sparse.setLength(size);
        }
        return this;
    }

    /** A header with the length that it claims, and data. */
    static byte[] safetensors(long claimed, String header, int data) {
        byte[] json = header.getBytes(StandardCharsets.UTF_8);
        return joined(little(8).putLong(claimed).array(), json, new byte[data]);
    }

    /** The beginning of a GGUF file that claims so many tensors and entries of metadata. */
    static byte[] gguf(long tensors, long entries, byte[]... rest) {
        byte[] counts = little(20).putInt(3).putLong(tensors).putLong(entries).array();
        return joined("GGUF".getBytes(StandardCharsets.US_ASCII), counts, joined(rest));
    }

    static byte[] text(String key, long claimed, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return joined(key(key, STRING), little(8).putLong(claimed).array(), bytes);
    }

    static byte[] number(String key, int value) {
        return joined(key(key, U32), little(4).putInt(value).array());
    }

    /** Lists in lists, each of one item. */
    static byte[] nestedLists(String key, int depth) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes(key(key, LIST));
        for (int i = 0; i < depth; i++) {
            bytes.writeBytes(little(12).putInt(LIST).putLong(1).array());
        }
        bytes.writeBytes(new byte[64]);
        return bytes.toByteArray();
    }

    private static byte[] key(String key, int type) {
        byte[] bytes = key.getBytes(StandardCharsets.UTF_8);
        return joined(
                little(8).putLong(bytes.length).array(),
                bytes,
                little(4).putInt(type).array());
    }

    private static byte[] joined(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }

    private static ByteBuffer little(int bytes) {
        return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }
}
