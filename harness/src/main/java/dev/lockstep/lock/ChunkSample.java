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

/** Draws the chunks that the tier {@link Tier.Sampled} reads: the same files and seed, the same chunks. */
final class ChunkSample {

    private ChunkSample() {}

    private record Chunk(Path file, int number) {}

    /** Returns what is read of each file that has several chunks, and of which not all are drawn. */
    static Map<Path, Coverage.Sampled> of(SortedMap<Path, FileDigest> files, Tier.Sampled tier) {
        Map<Path, SortedSet<Integer>> drawn = new TreeMap<>();
        List<Chunk> others = new ArrayList<>();
        counts(files).forEach((file, count) -> {
            drawn.put(file, new TreeSet<>(List.of(0, count - 1)));
            for (int number = 1; number < count - 1; number++) {
                others.add(new Chunk(file, number));
            }
        });
        Collections.shuffle(others, new Random(tier.seed()));
        others.stream()
                .limit(tier.chunks())
                .forEach(chunk -> drawn.computeIfPresent(chunk.file(), (file, numbers) -> {
                    numbers.add(chunk.number());
                    return numbers;
                }));
        Map<Path, Coverage.Sampled> samples = new TreeMap<>();
        counts(files).forEach((file, count) -> {
            SortedSet<Integer> numbers = drawn.getOrDefault(file, new TreeSet<>());
            if (numbers.size() < count) {
                samples.put(file, new Coverage.Sampled(numbers, count, tier.seed()));
            }
        });
        return samples;
    }

    private static SortedMap<Path, Integer> counts(SortedMap<Path, FileDigest> files) {
        SortedMap<Path, Integer> counts = new TreeMap<>();
        files.forEach((file, digest) -> digest.tree()
                .filter(tree -> tree.chunks().size() > 1)
                .ifPresent(tree -> counts.put(file, tree.chunks().size())));
        return counts;
    }
}
