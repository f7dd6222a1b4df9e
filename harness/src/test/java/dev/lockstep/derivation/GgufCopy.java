package dev.lockstep.derivation;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.lockstep.lock.TensorFile;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/** A GGUF file of the tiny model with other tensors under the same metadata, as the family of drifts makes them. */
public final class GgufCopy {
    public static final Path TEXT = Path.of("../baselines/tiny-qwen3-vl/model/tinyvl-F16.gguf")
            .toAbsolutePath()
            .normalize();
    static final Path PROJECTOR = TEXT.resolveSibling("mmproj-tinyvl-F16.gguf");
    static final Path FACTORS =
            Path.of("../scripts/tiny-model/factors").toAbsolutePath().normalize();

    private static final int F32 = 0;
    private static final int F16 = 1;
    private static final int Q8_0 = 8;
    private static final int BLOCK = 32;
    private static final int TEXT_VALUE = 8;
    private static final int FLOAT_VALUE = 6;

    private final byte[] entries;
    private final long entryCount;
    private final SortedMap<String, Stored> tensors = new TreeMap<>();

    private static final class Stored {
        private final int type;
        private final List<Long> shape;
        private final byte[] data;

        Stored(int type, List<Long> shape, byte[] data) {
            this.type = type;
            this.shape = List.copyOf(shape);
            this.data = data;
        }

        int type() {
            return type;
        }

        List<Long> shape() {
            return shape;
        }

        byte[] data() {
            return data;
        }
    }

    private GgufCopy(byte[] entries, long entryCount) {
        this.entries = entries;
        this.entryCount = entryCount;
    }

    /** Reads the text model. */
    public static GgufCopy text() throws IOException {
        return of(TEXT);
    }

    static GgufCopy of(Path file) throws IOException {
        assumeTrue(Files.exists(file), () -> file + " is not here");
        byte[] bytes = Files.readAllBytes(file);
        ByteBuffer head = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        long count = head.getLong(16);
        TensorFile read = TensorFile.read(file);
        String first = read.tensors().keySet().stream()
                .min((a, b) -> Integer.compare(place(bytes, a), place(bytes, b)))
                .orElseThrow();
        GgufCopy copy = new GgufCopy(Arrays.copyOfRange(bytes, 24, place(bytes, first)), count);
        read.tensors()
                .forEach((name, tensor) -> copy.tensors.put(
                        name,
                        new Stored(
                                tensor.type().equals("F32") ? F32 : F16,
                                tensor.shape(),
                                Arrays.copyOfRange(
                                        bytes, (int) tensor.offset(), (int) (tensor.offset() + tensor.bytes())))));
        return copy;
    }

    /** Returns where the length before a tensor's name stands; the name stands nowhere else with its length before it. */
    private static int place(byte[] bytes, String name) {
        byte[] wanted = ByteBuffer.allocate(8 + name.length())
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(name.length())
                .put(name.getBytes(StandardCharsets.UTF_8))
                .array();
        for (int at = 24; at < bytes.length - wanted.length; at++) {
            if (bytes[at] == wanted[0] && Arrays.equals(bytes, at, at + wanted.length, wanted, 0, wanted.length)) {
                return at;
            }
        }
        throw new AssertionError(name);
    }

    /** Returns an adapter as llama.cpp reads it, without a tensor yet. */
    static GgufCopy adapter(float alpha) {
        ByteArrayOutputStream entries = new ByteArrayOutputStream();
        entries.writeBytes(entry("general.architecture", "qwen3vl"));
        entries.writeBytes(entry("general.type", "adapter"));
        entries.writeBytes(entry("adapter.type", "lora"));
        entries.writeBytes(string("adapter.lora.alpha"));
        entries.writeBytes(little(8).putInt(FLOAT_VALUE).putFloat(alpha).array());
        return new GgufCopy(entries.toByteArray(), 4);
    }

    /** Returns an adapter of trained factors of the family of drifts. */
    public static GgufCopy adapterOf(String factors) {
        GgufCopy adapter = adapter(4);
        TinyWeights pairs = TinyWeights.read(FACTORS.resolve(factors + ".safetensors"));
        pairs.all().forEach((name, matrix) -> adapter.put(name, matrix.rows()));
        return adapter;
    }

    /** Adds the products of trained factors of the family of drifts, as its script does. */
    public GgufCopy merged(String factors, double alpha) {
        TinyWeights pairs = TinyWeights.read(FACTORS.resolve(factors + ".safetensors"));
        for (String name : pairs.names()) {
            if (name.endsWith(".lora_a")) {
                String matrix = name.substring(0, name.length() - ".lora_a".length());
                double[][] down = pairs.get(name).rows();
                double[][] product =
                        Arithmetic.product(pairs.get(matrix + ".lora_b").rows(), down);
                change(matrix, rows -> Arithmetic.sum(1, rows, alpha / down.length, product));
            }
        }
        return this;
    }

    GgufCopy change(String name, UnaryOperator<double[][]> change) {
        Stored old = stored(name);
        double[][] rows = change.apply(rows(old));
        ByteArrayOutputStream data = new ByteArrayOutputStream();
        for (double[] row : rows) {
            data.writeBytes(
                    TinyWeights.bytes(old.type() == F32 ? "F32" : "F16", row).array());
        }
        tensors.put(name, new Stored(old.type(), old.shape(), data.toByteArray()));
        return this;
    }

    GgufCopy put(String name, double[][] rows) {
        ByteArrayOutputStream data = new ByteArrayOutputStream();
        for (double[] row : rows) {
            data.writeBytes(TinyWeights.bytes("F32", row).array());
        }
        tensors.put(name, new Stored(F32, List.of((long) rows[0].length, (long) rows.length), data.toByteArray()));
        return this;
    }

    /** Stores every matrix in blocks of 8 bits, as ggml's reference does. */
    GgufCopy quantized() {
        tensors.replaceAll((name, old) -> old.type() == F32 ? old : new Stored(Q8_0, old.shape(), blocks(rows(old))));
        return this;
    }

    private static byte[] blocks(double[][] rows) {
        ByteArrayOutputStream data = new ByteArrayOutputStream();
        for (double[] row : rows) {
            for (int begin = 0; begin < row.length; begin += BLOCK) {
                data.writeBytes(block(Arrays.copyOfRange(row, begin, begin + BLOCK)));
            }
        }
        return data.toByteArray();
    }

    private static byte[] block(double[] numbers) {
        double largest = Arrays.stream(numbers).map(Math::abs).max().orElse(0);
        ByteBuffer block = ByteBuffer.allocate(2 + BLOCK)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putShort(Float.floatToFloat16((float) (largest / 127)));
        for (double number : numbers) {
            block.put((byte) (largest == 0 ? 0 : Math.round(number * 127 / largest)));
        }
        return block.array();
    }

    private static double[][] rows(Stored stored) {
        NumberFormat format = stored.type() == F32 ? NumberFormat.F32 : NumberFormat.F16;
        int columns = Math.toIntExact(stored.shape().getFirst());
        double[][] rows = new double[stored.data().length / format.bytes() / columns][columns];
        ByteBuffer bytes = ByteBuffer.wrap(stored.data()).order(ByteOrder.LITTLE_ENDIAN);
        for (double[] row : rows) {
            for (int column = 0; column < columns; column++) {
                row[column] = format.next(bytes);
            }
        }
        return rows;
    }

    private Stored stored(String name) {
        Stored stored = tensors.get(name);
        if (stored == null) {
            throw new AssertionError(name);
        }
        return stored;
    }

    public Path write(Path file) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes(little(24)
                .put("GGUF".getBytes(StandardCharsets.UTF_8))
                .putInt(3)
                .putLong(tensors.size())
                .putLong(entryCount)
                .array());
        bytes.writeBytes(entries);
        ByteArrayOutputStream data = new ByteArrayOutputStream();
        tensors.forEach((name, tensor) -> {
            pad(data);
            bytes.writeBytes(string(name));
            ByteBuffer info = ByteBuffer.allocate(4 + 8 * tensor.shape().size() + 12)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .putInt(tensor.shape().size());
            tensor.shape().forEach(info::putLong);
            bytes.writeBytes(info.putInt(tensor.type()).putLong(data.size()).array());
            data.writeBytes(tensor.data());
        });
        pad(data);
        pad(bytes);
        bytes.writeBytes(data.toByteArray());
        return Files.write(file, bytes.toByteArray());
    }

    private static byte[] entry(String key, String value) {
        ByteArrayOutputStream entry = new ByteArrayOutputStream();
        entry.writeBytes(string(key));
        entry.writeBytes(little(4).putInt(TEXT_VALUE).array());
        entry.writeBytes(string(value));
        return entry.toByteArray();
    }

    private static byte[] string(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return little(8 + bytes.length).putLong(bytes.length).put(bytes).array();
    }

    private static ByteBuffer little(int bytes) {
        return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    private static void pad(ByteArrayOutputStream bytes) {
        bytes.writeBytes(new byte[-bytes.size() & 31]);
    }
}
