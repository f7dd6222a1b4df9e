package dev.lockstep.lock;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;

/** Draws the chunks that the tier {@link Tier.Sampled} reads: the same files and seed, the same chunks. */
final class ChunkSample {

    private ChunkSample() {}

    private record Chunk(Path file, int number) {}

    /** Returns what is read of each file that has several chunks, and of which not all are drawn. */
    static Map<Path, Coverage.Sampled> of(SortedMap<Path, FileDigest> files, Tier.Sampled tier) {
        SortedMap<Path, Integer> counts = counts(files);
        Map<Path, SortedSet<Integer>> drawn = draw(counts, tier);
        Map<Path, Coverage.Sampled> samples = new TreeMap<>();
        drawn.forEach((file, numbers) -> {
            int count = counts.getOrDefault(file, 0);
            if (numbers.size() < count) {
                samples.put(file, new Coverage.Sampled(numbers, count, tier.seed()));
            }
        });
        return samples;
    }

    private static Map<Path, SortedSet<Integer>> draw(SortedMap<Path, Integer> counts, Tier.Sampled tier) {
        Map<Path, SortedSet<Integer>> drawn = new TreeMap<>();
        List<Chunk> others = new ArrayList<>();
        counts.forEach((file, count) -> {
            drawn.put(file, new TreeSet<>(List.of(0, count - 1)));
            IntStream.range(1, count - 1).forEach(number -> others.add(new Chunk(file, number)));
        });
        Collections.shuffle(others, new Random(tier.seed()));
        others.stream()
                .limit(tier.chunks())
                .forEach(chunk -> drawn.computeIfAbsent(chunk.file(), file -> new TreeSet<>())
                        .add(chunk.number()));
        return drawn;
    }

    private static SortedMap<Path, Integer> counts(SortedMap<Path, FileDigest> files) {
        SortedMap<Path, Integer> counts = new TreeMap<>();
        files.forEach((file, digest) -> digest.tree()
                .filter(tree -> tree.chunks().size() > 1)
                .ifPresent(tree -> counts.put(file, tree.chunks().size())));
        return counts;
    }
}
