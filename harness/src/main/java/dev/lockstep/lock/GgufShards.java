package dev.lockstep.lock;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lockstep.document.ErrorKind;
import dev.lockstep.document.LockstepException;
import dev.lockstep.document.Position;
import dev.lockstep.document.Problems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A GGUF file that may be split into numbered shards, as {@code gguf-split} of llama.cpp does.
 *
 * <p>The first shard holds all metadata, and each holds {@code split.no} (from 0), {@code split.count} and
 * {@code split.tensors.count}. Put together they say what the whole file said, so these three are left out.
 */
final class GgufShards {
    private static final int MOST_NAMED = 20;
    private static final String SPLIT = "split.";
    private static final String COUNT = "split.count";

    private final Path named;
    private final List<GgufFile> shards;

    private GgufShards(Path named, List<GgufFile> shards) {
        this.named = named;
        this.shards = List.copyOf(shards);
    }

    /** Reads a file, and all others of its set when its name is that of a shard. */
    static GgufSet read(Path file) {
        List<Path> files = of(file);
        requireAll(files);
        List<GgufFile> shards = files.stream().map(GgufReader::read).toList();
        return shards.size() == 1 ? whole(shards.getFirst()) : new GgufShards(file, shards).joined();
    }

    /** Returns the files of a set by any of them; a file that is not split is its own set. */
    static List<Path> of(Path file) {
        return ShardName.of(String.valueOf(file.getFileName()))
                .filter(name -> name.extension().equals("gguf"))
                .map(name -> name.all().stream().map(file::resolveSibling).toList())
                .orElseGet(() -> List.of(file));
    }

    private static void requireAll(List<Path> files) {
        if (files.size() == 1) {
            return;
        }
        List<Path> missing = files.stream().filter(file -> !Files.exists(file)).toList();
        Problems problems = new Problems();
        missing.stream()
                .limit(MOST_NAMED)
                .forEach(file -> problems.add(
                        Position.of(file),
                        "this shard is missing, " + missing.size() + " of " + files.size()
                                + " are; put it beside the others, or fetch the model again"));
        problems.throwIfAny();
    }

    private static GgufSet whole(GgufFile only) {
        long count = only.plain(COUNT).map(JsonNode::asLong).orElse(1L);
        if (count > 1) {
            throw broken(
                    only.file(),
                    "is one of " + count + " shards by its '" + COUNT
                            + "', but is not named like one; engines find the others by the name model-00001-of-"
                            + String.format(Locale.ROOT, "%05d", count) + ".gguf: rename them");
        }
        return GgufSet.of(only);
    }

    private GgufSet joined() {
        SortedMap<String, GgufTensor> tensors = new TreeMap<>();
        for (int number = 0; number < shards.size(); number++) {
            GgufFile shard = shards.get(number);
            require(shard, "split.no", number);
            require(shard, COUNT, shards.size());
            shard.tensors().forEach((name, tensor) -> requireNew(shard, name, tensors.put(name, tensor) == null));
        }
        shards.forEach(shard -> require(shard, "split.tensors.count", tensors.size()));
        return new GgufSet(named, metadata(), tensors, shards);
    }

    private SortedMap<String, GgufValue> metadata() {
        SortedMap<String, GgufValue> metadata = new TreeMap<>(shards.getFirst().metadata());
        metadata.keySet().removeIf(key -> key.startsWith(SPLIT));
        return metadata;
    }

    private static void require(GgufFile shard, String key, long expected) {
        String found = shard.plain(key).map(JsonNode::toString).orElse("missing");
        if (!found.equals(Long.toString(expected))) {
            throw broken(
                    shard.file(),
                    "'" + key + "' is " + found + ", expected " + expected
                            + "; the shards are not of one set: fetch the model again");
        }
    }

    private static void requireNew(GgufFile shard, String tensor, boolean isNew) {
        if (!isNew) {
            throw broken(
                    shard.file(),
                    "holds the tensor '" + tensor
                            + "', which an earlier shard holds too; the shards are not of one set:"
                            + " fetch the model again");
        }
    }

    private static LockstepException broken(Path file, String message) {
        return new LockstepException(ErrorKind.CONFIG, file + ": " + message);
    }
}
