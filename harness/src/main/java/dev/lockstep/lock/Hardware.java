package dev.lockstep.lock;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.lockstep.document.Sha256;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What the machine is: observed, never part of the lock id.
 *
 * <p>Kernels choose their code path by instruction set, and that changes logprobs; so the set is told apart by digest.
 */
public final class Hardware {
    private static final Path PROC = Path.of("/proc");
    private static final List<String> MODEL_LINES = List.of("model name", "cpu model", "Model", "CPU part");
    private static final List<String> INSTRUCTION_LINES = List.of("flags", "Features", "isa");

    private Hardware() {}

    /**
     * Returns {@code architecture}, {@code os} and {@code cores}, and what Linux tells besides: {@code cpu},
     * {@code instructionSet} ({@code sha256:…} over the sorted names), {@code gpus} and {@code gpuDriver} of NVIDIA.
     */
    public static SortedMap<String, JsonNode> read() {
        SortedMap<String, JsonNode> found = fromProc(PROC);
        found.put("architecture", TextNode.valueOf(System.getProperty("os.arch")));
        found.put("os", TextNode.valueOf(System.getProperty("os.name")));
        found.put("cores", IntNode.valueOf(Runtime.getRuntime().availableProcessors()));
        return found;
    }

    static SortedMap<String, JsonNode> fromProc(Path proc) {
        SortedMap<String, JsonNode> found = new TreeMap<>();
        List<String> cpu = lines(proc.resolve("cpuinfo"));
        value(cpu, MODEL_LINES).ifPresent(model -> found.put("cpu", TextNode.valueOf(model)));
        value(cpu, INSTRUCTION_LINES).ifPresent(names -> found.put("instructionSet", digest(names)));
        List<String> driver = lines(proc.resolve("driver/nvidia/version"));
        value(driver, List.of("NVRM version")).ifPresent(text -> found.put("gpuDriver", TextNode.valueOf(text)));
        String gpus = gpus(proc.resolve("driver/nvidia/gpus"));
        if (!gpus.isEmpty()) {
            found.put("gpus", TextNode.valueOf(gpus));
        }
        return found;
    }

    private static String gpus(Path folder) {
        if (!Files.isDirectory(folder)) {
            return "";
        }
        try (Stream<Path> cards = Files.list(folder)) {
            return cards.map(card -> value(lines(card.resolve("information")), List.of("Model")))
                    .flatMap(Optional::stream)
                    .sorted()
                    .collect(Collectors.joining(", "));
        } catch (IOException e) {
            throw new UncheckedIOException(folder + ": cannot be listed", e);
        }
    }

    /** Returns a digest of names in any order. */
    static JsonNode digest(String names) {
        String sorted = String.join(" ", new TreeSet<>(List.of(names.split("\\s+", -1))));
        return TextNode.valueOf("sha256:" + Sha256.of(sorted));
    }

    private static List<String> lines(Path file) {
        if (!Files.isReadable(file)) {
            return List.of();
        }
        try {
            return Files.readAllLines(file);
        } catch (IOException e) {
            throw new UncheckedIOException(file + ": cannot be read", e);
        }
    }

    /** Returns the value of the first {@code name : value} line with one of the names, the first name first. */
    private static Optional<String> value(List<String> lines, List<String> names) {
        return names.stream()
                .flatMap(name -> lines.stream()
                        .filter(line -> line.contains(":"))
                        .filter(line ->
                                line.substring(0, line.indexOf(':')).strip().equals(name))
                        .map(line -> line.substring(line.indexOf(':') + 1).strip()))
                .findFirst();
    }
}
