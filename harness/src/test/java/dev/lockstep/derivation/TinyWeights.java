package dev.lockstep.derivation;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** The numbers of a model in Hugging Face's layout, to be changed and written again. */
public final class TinyWeights {
    static final Path INSTRUCT =
            Path.of("../baselines/tiny-qwen3-vl/hf").toAbsolutePath().normalize();
    static final Path THINKING =
            Path.of("../baselines/tiny-qwen3-vl-thinking/hf").toAbsolutePath().normalize();

    private final SortedMap<String, Matrix> tensors = new TreeMap<>();

    /** Rows of numbers; the shape says how they stand in the file. */
    static final class Matrix {
        private final String type;
        private final List<Long> shape;
        private final double[][] rows;

        Matrix(String type, List<Long> shape, double[][] rows) {
            this.type = type;
            this.shape = List.copyOf(shape);
            this.rows = rows;
        }

        String type() {
            return type;
        }

        List<Long> shape() {
            return shape;
        }

        double[][] rows() {
            return rows;
        }

        /** The rows are changed in a copy. */
        Matrix mapped(UnaryOperator<double[][]> change) {
            double[][] copy = new double[rows.length][];
            for (int row = 0; row < rows.length; row++) {
                copy[row] = rows[row].clone();
            }
            return new Matrix(type, shape, change.apply(copy));
        }
    }

    /** Reads a model, with the file's own types. */
    static TinyWeights read(Path model) {
        assumeTrue(Files.exists(model), () -> model + " is not here");
        TinyWeights read = new TinyWeights();
        WeightFiles files = WeightFiles.of(List.of(model));
        for (String name : files.names()) {
            try (NumberRows rows = files.open(name).orElseThrow()) {
                read.tensors.put(name, new Matrix(rows.format().name(), rows.shape(), rows.all()));
            }
        }
        return read;
    }

    static TinyWeights empty() {
        return new TinyWeights();
    }

    Matrix get(String name) {
        return Objects.requireNonNull(tensors.get(name), name);
    }

    Map<String, Matrix> all() {
        return new TreeMap<>(tensors);
    }

    TinyWeights change(String name, UnaryOperator<double[][]> change) {
        tensors.put(name, get(name).mapped(change));
        return this;
    }

    void putMatrix(String name, Matrix matrix) {
        tensors.put(name, matrix);
    }

    TinyWeights put(String name, String type, double[][] rows) {
        tensors.put(name, new Matrix(type, List.of((long) rows.length, (long) rows[0].length), rows));
        return this;
    }

    /** Stores all tensors in another type. */
    TinyWeights as(String type) {
        tensors.replaceAll((name, matrix) -> new Matrix(type, matrix.shape(), matrix.rows()));
        return this;
    }

    /** Stores one tensor in another type. */
    TinyWeights as(String type, String name) {
        tensors.put(name, new Matrix(type, get(name).shape(), get(name).rows()));
        return this;
    }

    /** Rounds numbers as a tool does that computes in another type. */
    static double[][] rounded(String type, double[][] rows) {
        double[][] rounded = new double[rows.length][];
        for (int row = 0; row < rows.length; row++) {
            ByteBuffer bytes = bytes(type, rows[row]);
            rounded[row] = new double[rows[row].length];
            for (int column = 0; column < rounded[row].length; column++) {
                rounded[row][column] = NumberFormat.valueOf(type).next(bytes);
            }
        }
        return rounded;
    }

    /** Writes the model beside copies of the other files of the tiny model. */
    Path writeModel(Path folder) throws IOException {
        Files.createDirectories(folder);
        try (Stream<Path> files = Files.list(INSTRUCT)) {
            for (Path file : files.filter(each -> !each.toString().endsWith(".safetensors"))
                    .toList()) {
                Files.copy(file, folder.resolve(file.getFileName().toString()));
            }
        }
        writeTensors(folder.resolve("model.safetensors"));
        return folder;
    }

    /** Writes an adapter as PEFT does. */
    Path writeAdapter(Path folder, String config) throws IOException {
        Files.createDirectories(folder);
        Files.writeString(folder.resolve("adapter_config.json"), config);
        writeTensors(folder.resolve("adapter_model.safetensors"));
        return folder;
    }

    private void writeTensors(Path file) throws IOException {
        ObjectNode header = JsonNodeFactory.instance.objectNode();
        ByteArrayOutputStream data = new ByteArrayOutputStream();
        tensors.forEach((name, matrix) -> {
            ObjectNode entry = header.putObject(name).put("dtype", matrix.type());
            matrix.shape().forEach(entry.putArray("shape")::add);
            int begin = data.size();
            for (double[] row : matrix.rows()) {
                data.writeBytes(bytes(matrix.type(), row).array());
            }
            entry.putArray("data_offsets").add(begin).add(data.size());
        });
        byte[] json = header.toString().getBytes(StandardCharsets.UTF_8);
        ByteBuffer whole =
                ByteBuffer.allocate(Long.BYTES + json.length + data.size()).order(ByteOrder.LITTLE_ENDIAN);
        Files.write(
                file,
                whole.putLong(json.length).put(json).put(data.toByteArray()).array());
    }

    /** Returns the bytes of numbers, ready to be read. */
    static ByteBuffer bytes(String type, double[] numbers) {
        NumberFormat format = NumberFormat.valueOf(type);
        ByteBuffer bytes = ByteBuffer.allocate(numbers.length * format.bytes()).order(ByteOrder.LITTLE_ENDIAN);
        for (double number : numbers) {
            switch (format) {
                case F32 -> bytes.putFloat((float) number);
                case F16 -> bytes.putShort(Float.floatToFloat16((float) number));
                case BF16 -> bytes.putShort((short) (nearest(number) >>> Short.SIZE));
            }
        }
        return bytes.flip();
    }

    /** Rounds to the nearest number whose lower half is empty, to an even one where two are as near. */
    private static int nearest(double number) {
        int bits = Float.floatToRawIntBits((float) number);
        return bits + 0x7FFF + ((bits >>> Short.SIZE) & 1);
    }

    List<String> names() {
        return new ArrayList<>(tensors.keySet());
    }
}
