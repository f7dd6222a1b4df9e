package dev.lockstep.lock;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Copies of the shipped model in Hugging Face's layout. */
public final class TinyModelFolder {
    private static final Path SHIPPED = Path.of("../baselines/tiny-qwen3-vl/hf");

    private TinyModelFolder() {}

    /** Copies it with a README beside it. */
    public static Path copyTo(Path folder) throws IOException {
        assumeTrue(Files.isDirectory(SHIPPED), () -> SHIPPED + " is not here");
        Files.createDirectories(folder);
        for (Path file : files()) {
            Files.copy(file, folder.resolve(file.getFileName().toString()));
        }
        Files.writeString(folder.resolve("README.md"), "Recommended: temperature 0.7\n");
        return folder;
    }

    /** Puts two small files of weights with an index into its place. */
    public static Path shardedTo(Path folder) throws IOException {
        copyTo(folder);
        Files.delete(folder.resolve("model.safetensors"));
        byte[] data = new byte[1 << 10];
        new SafetensorsFixture().tensor("a.weight", data).write(folder.resolve("model-00001-of-00002.safetensors"));
        new SafetensorsFixture()
                .tensor("b.weight", data)
                .tensor("c.weight", data)
                .write(folder.resolve("model-00002-of-00002.safetensors"));
        Files.writeString(folder.resolve("model.safetensors.index.json"), """
                {"metadata": {"total_size": 1}, "weight_map": {
                  "a.weight": "model-00001-of-00002.safetensors",
                  "b.weight": "model-00002-of-00002.safetensors",
                  "c.weight": "model-00002-of-00002.safetensors"}}
                """);
        return folder;
    }

    private static List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(SHIPPED)) {
            return files.sorted().toList();
        }
    }
}
