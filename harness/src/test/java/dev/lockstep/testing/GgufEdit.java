package dev.lockstep.testing;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/** A GGUF file with other metadata, and the tensors as they were, byte by byte. */
public final class GgufEdit {
    public static final String TEMPLATE = "tokenizer.chat_template";

    private static final int NUMBER = 4;
    private static final int DECIMAL = 6;
    private static final int TEXT = 8;

    private final byte[] bytes;
    private final GgufBytes parts;
    private final Map<String, byte[]> metadata = new LinkedHashMap<>();

    private GgufEdit(byte[] bytes) {
        this.bytes = bytes;
        this.parts = new GgufBytes(bytes);
        TreeMap<Integer, String> inFileOrder = new TreeMap<>();
        parts.metadata().forEach((key, value) -> inFileOrder.put(value.from(), key));
        inFileOrder.values().forEach(key -> {
            GgufBytes.Value value = parts.value(key);
            metadata.put(key, Arrays.copyOfRange(bytes, value.from(), value.to()));
        });
    }

    /** Reads a file. */
    public static GgufEdit of(Path file) throws IOException {
        return new GgufEdit(Files.readAllBytes(file));
    }

    /** Returns a text. */
    public String text(String key) {
        byte[] value = raw(key);
        return new String(value, 12, value.length - 12, StandardCharsets.UTF_8);
    }

    /** Sets or adds a text. */
    public GgufEdit text(String key, String value) {
        metadata.put(key, joined(little(4).putInt(TEXT).array(), string(value)));
        return this;
    }

    /** Changes a text. */
    public GgufEdit text(String key, UnaryOperator<String> change) {
        String before = text(key);
        String after = change.apply(before);
        if (before.equals(after)) {
            throw new IllegalArgumentException(key + " stays as it is: " + before);
        }
        return text(key, after);
    }

    /** Changes the chat template, of which {@code before} must be a part. */
    public GgufEdit template(String before, String after) {
        return text(TEMPLATE, text -> text.replace(before, after));
    }

    /** Renames one item of a list of texts. */
    public GgufEdit item(String key, String before, String after) {
        byte[] value = raw(key);
        byte[] old = string(before);
        int at = indexOf(value, old);
        metadata.put(
                key,
                joined(
                        Arrays.copyOf(value, at),
                        string(after),
                        Arrays.copyOfRange(value, at + old.length, value.length)));
        return this;
    }

    /** Sets or adds an unsigned 32-bit number. */
    public GgufEdit number(String key, int value) {
        metadata.put(key, little(8).putInt(NUMBER).putInt(value).array());
        return this;
    }

    /** Sets or adds a 32-bit decimal. */
    public GgufEdit decimal(String key, float value) {
        metadata.put(key, little(8).putInt(DECIMAL).putFloat(value).array());
        return this;
    }

    /** Changes the data of a tensor in place. */
    public GgufEdit tensor(String name, UnaryOperator<byte[]> change) {
        GgufBytes.Tensor tensor = parts.tensor(name);
        byte[] after = change.apply(Arrays.copyOfRange(bytes, (int) tensor.from(), (int) tensor.to()));
        System.arraycopy(after, 0, bytes, (int) tensor.from(), after.length);
        return this;
    }

    /** Writes the file under a name, in the place of what is there. */
    public Path write(Path file) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(bytes, 0, 16);
        out.writeBytes(little(8).putLong(metadata.size()).array());
        metadata.forEach((key, value) -> out.writeBytes(joined(string(key), value)));
        out.write(bytes, parts.firstTensor(), parts.infosEnd() - parts.firstTensor());
        out.writeBytes(new byte[-out.size() & 31]);
        int data = (int) parts.dataStart();
        out.write(bytes, data, bytes.length - data);
        Files.deleteIfExists(file);
        return Files.write(file, out.toByteArray());
    }

    private byte[] raw(String key) {
        byte[] value = metadata.get(key);
        if (value == null) {
            throw new IllegalArgumentException("no key " + key + "; there are " + metadata.keySet());
        }
        return value;
    }

    private static int indexOf(byte[] all, byte[] part) {
        for (int at = 0; at + part.length <= all.length; at++) {
            if (Arrays.equals(all, at, at + part.length, part, 0, part.length)) {
                return at;
            }
        }
        throw new IllegalArgumentException("no item " + new String(part, StandardCharsets.UTF_8));
    }

    private static byte[] string(String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        return joined(little(8).putLong(utf8.length).array(), utf8);
    }

    private static ByteBuffer little(int length) {
        return ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
    }

    private static byte[] joined(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }
}
