package dev.lockstep.lock;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lockstep.document.Position;
import dev.lockstep.document.Problems;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** What a machine is, from files that were saved there; the fields are those of {@link Hardware} where both tell them. */
public final class SavedHardware {

    private SavedHardware() {}

    /**
     * Reads what {@code lscpu} or {@code lscpu -J} wrote: {@code architecture}, {@code cores}, {@code cpu} and
     * {@code instructionSet}.
     *
     * @param named where the file is named
     */
    public static SortedMap<String, JsonNode> lscpu(Path file, Position named, Problems problems) {
        Optional<SortedMap<String, JsonNode>> found =
                text(file, named, problems).map(text -> new Lscpu(file, problems).read(text));
        return orProblem(found, file + " says nothing of a processor; save it with `lscpu -J`", named, problems);
    }

    /**
     * Reads what {@code nvidia-smi -q -x} wrote: {@code gpus}, {@code gpuArchitecture}, {@code gpuMemory}, {@code gpuMig},
     * {@code gpuEcc}, {@code gpuDriver.branch}, {@code gpuDriver.version} and {@code cudaVersion}.
     *
     * @param named where the file is named
     */
    public static SortedMap<String, JsonNode> nvidiaSmi(Path file, Position named, Problems problems) {
        Optional<SortedMap<String, JsonNode>> found =
                text(file, named, problems).map(text -> new NvidiaSmi(file, problems).read(text));
        return orProblem(found, file + " says nothing of a GPU; save it with `nvidia-smi -q -x`", named, problems);
    }

    private static SortedMap<String, JsonNode> orProblem(
            Optional<SortedMap<String, JsonNode>> found, String message, Position named, Problems problems) {
        if (found.isPresent() && found.get().isEmpty() && problems.isEmpty()) {
            problems.add(named, "hardware: " + message);
        }
        return found.orElseGet(TreeMap::new);
    }

    private static Optional<String> text(Path file, Position named, Problems problems) {
        try {
            return Optional.of(Files.readString(file));
        } catch (IOException e) {
            problems.add(
                    named,
                    "hardware: " + file
                            + (Files.exists(file)
                                    ? " cannot be read as UTF-8 text; check its permissions, or save it again"
                                    : " is not there; paths start at the folder of stack.yaml"));
            return Optional.empty();
        }
    }
}
