package dev.lockstep.lock;

import dev.lockstep.document.Position;
import dev.lockstep.document.Problems;
import dev.lockstep.document.ProblemsException;
import dev.lockstep.document.UnreadableFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A model in several safetensors files that agrees with its index.
 *
 * @param shards the files that the index names, in the order of their names
 * @param strays names of other safetensors files beside them, which an engine that loads by pattern would load, too
 */
public record ShardedModel(SafetensorsIndex index, List<TensorFile> shards, SortedSet<String> strays) {
    private static final String SAFETENSORS = ".safetensors";
    private static final int MOST_NAMES = 5;

    public ShardedModel {
        shards = List.copyOf(shards);
    }

    /**
     * Reads the index and the header of every file that it names.
     *
     * @throws ProblemsException that names every file that is missing or damaged, and the tensors that are not where the index
     *     says
     */
    public static ShardedModel read(Path index) {
        SafetensorsIndex read = SafetensorsIndex.read(index);
        return new Reading(read).read();
    }

    /** Collects all that is wrong before it fails. */
    private static final class Reading {
        private final SafetensorsIndex index;
        private final Problems problems = new Problems();
        private final List<TensorFile> shards = new ArrayList<>();

        Reading(SafetensorsIndex index) {
            this.index = index;
        }

        ShardedModel read() {
            index.shards().forEach(this::open);
            shards.forEach(this::compare);
            problems.throwIfAny();
            return new ShardedModel(index, shards, strays());
        }

        private void open(String name) {
            Path shard = index.file().resolveSibling(name);
            if (!Files.exists(shard)) {
                problems.add(
                        Position.of(index.file()),
                        "names '" + name + "', which is not here; fetch the file that is missing");
                return;
            }
            try {
                shards.add(SafetensorsReader.read(shard).asTensorFile());
            } catch (ProblemsException broken) {
                broken.problems().forEach(each -> problems.add(each.position(), each.message()));
            }
        }

        private void compare(TensorFile shard) {
            String name = String.valueOf(shard.file().getFileName());
            SortedSet<String> mapped = index.weightMap().entrySet().stream()
                    .filter(each -> each.getValue().equals(name))
                    .map(Map.Entry::getKey)
                    .collect(Collectors.toCollection(TreeSet::new));
            report(shard, without(mapped, shard.tensors().keySet()), "lacks", "maps to it");
            report(shard, without(shard.tensors().keySet(), mapped), "holds", "does not map to it");
        }

        private void report(TensorFile shard, SortedSet<String> tensors, String verb, String fault) {
            if (!tensors.isEmpty()) {
                problems.add(
                        Position.of(shard.file()),
                        verb + " " + some(tensors) + ", which " + index.file().getFileName() + " " + fault
                                + "; fetch both again");
            }
        }

        private SortedSet<String> strays() {
            Path folder = Objects.requireNonNull(index.file().toAbsolutePath().getParent());
            try (Stream<Path> files = Files.list(folder)) {
                SortedSet<String> found = files.map(file -> String.valueOf(file.getFileName()))
                        .filter(name -> name.endsWith(SAFETENSORS))
                        .collect(Collectors.toCollection(TreeSet::new));
                return without(found, index.shards());
            } catch (IOException e) {
                throw UnreadableFile.because(folder, e);
            }
        }

        private static SortedSet<String> without(Set<String> some, Set<String> others) {
            SortedSet<String> rest = new TreeSet<>(some);
            rest.removeAll(others);
            return rest;
        }

        private static String some(SortedSet<String> tensors) {
            String names = tensors.stream()
                    .limit(MOST_NAMES)
                    .map(name -> "'" + name + "'")
                    .collect(Collectors.joining(", "));
            int more = tensors.size() - MOST_NAMES;
            return (tensors.size() == 1 ? "the tensor " : "the tensors ")
                    + names
                    + (more > 0 ? " and " + more + " more" : "");
        }
    }
}
