package dev.lockstep.lock;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A small GGUF file under construction: metadata and tensors in the order in which they are added. */
public final class GgufFixture {
    private static final int STRING = 8;
    private static final int ARRAY = 9;

    private final Map<String, byte[]> metadata = new LinkedHashMap<>();
    private final List<Tensor> tensors = new ArrayList<>();
    private int version = 3;
    private int alignment = 32;

    private record Tensor(String name, int type, List<Long> shape, String dataInHex) {}

    /** Returns a language model with something in each layer. */
    static GgufFixture model() {
        return new GgufFixture()
                .text("general.architecture", "tiny")
                .text("general.type", "model")
                .number("general.file_type", 1)
                .number("general.quantization_version", 2)
                .number("general.sampling.top_k", 20)
                .number("tiny.block_count", 1)
                .text("tokenizer.ggml.model", "gpt2")
                .texts("tokenizer.ggml.merges", "a b", "c d", "ab cd")
                .text("tokenizer.chat_template", "{{ messages[0].content }}")
                .text("tokenizer.chat_template.tool_use", "{{ tools }}")
                .tensor("embedding.weight", 0, new byte[] {1, 2, 3, 4, 5, 6, 7, 8}, 2)
                .tensor("output.weight", 1, new byte[] {9, 10, 11, 12}, 2);
    }

    GgufFixture version(int newVersion) {
        version = newVersion;
        return this;
    }

    GgufFixture alignment(int bytes) {
        alignment = bytes;
        return number("general.alignment", bytes);
    }

    GgufFixture number(String key, long value) {
        return value(key, 4, little(4).putInt((int) value).array());
    }

    public GgufFixture text(String key, String value) {
        return value(key, STRING, string(value.getBytes(StandardCharsets.UTF_8)));
    }

    GgufFixture texts(String key, String... values) {
        byte[][] items = new byte[values.length][];
        for (int i = 0; i < values.length; i++) {
            items[i] = string(values[i].getBytes(StandardCharsets.UTF_8));
        }
        return value(key, ARRAY, array(STRING, items));
    }

    /** Adds a value whose bytes are given, after its type. */
    public GgufFixture value(String key, int type, byte[] bytes) {
        metadata.put(key, joined(little(4).putInt(type).array(), bytes));
        return this;
    }

    GgufFixture without(String key) {
        metadata.remove(key);
        return this;
    }

    GgufFixture withoutTensor(String name) {
        tensors.removeIf(tensor -> tensor.name().equals(name));
        return this;
    }

    public GgufFixture tensor(String name, int type, byte[] data, long... shape) {
        tensors.removeIf(tensor -> tensor.name().equals(name));
        tensors.add(new Tensor(
                name,
                type,
                Arrays.stream(shape).boxed().toList(),
                HexFormat.of().formatHex(data)));
        return this;
    }

    public Path write(Path file) throws IOException {
        return Files.write(file, bytes());
    }

    byte[] bytes() {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        file.writeBytes(little(24)
                .put("GGUF".getBytes(StandardCharsets.UTF_8))
                .putInt(version)
                .putLong(tensors.size())
                .putLong(metadata.size())
                .array());
        metadata.forEach((key, value) -> {
            file.writeBytes(string(key.getBytes(StandardCharsets.UTF_8)));
            file.writeBytes(value);
        });
        ByteArrayOutputStream data = new ByteArrayOutputStream();
        for (Tensor tensor : tensors) {
            pad(data);
            file.writeBytes(info(tensor, data.size()));
            data.writeBytes(HexFormat.of().parseHex(tensor.dataInHex()));
        }
        pad(file);
        file.writeBytes(data.toByteArray());
        return file.toByteArray();
    }

    static byte[] array(int type, byte[]... items) {
        return joined(little(12).putInt(type).putLong(items.length).array(), joined(items));
    }

    static byte[] string(byte[] bytes) {
        return joined(little(8).putLong(bytes.length).array(), bytes);
    }

    public static ByteBuffer little(int bytes) {
        return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    private static byte[] info(Tensor tensor, long offset) {
        byte[][] shape = tensor.shape().stream()
                .map(length -> little(8).putLong(length).array())
                .toArray(byte[][]::new);
        return joined(
                string(tensor.name().getBytes(StandardCharsets.UTF_8)),
                little(4).putInt(shape.length).array(),
                joined(shape),
                little(12).putInt(tensor.type()).putLong(offset).array());
    }

    private void pad(ByteArrayOutputStream bytes) {
        bytes.writeBytes(new byte[-bytes.size() & (alignment - 1)]);
    }

    private static byte[] joined(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }
}
