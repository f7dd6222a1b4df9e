package dev.lockstep.lock;

import dev.lockstep.document.FileKey;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;

/** Compares files with what a lock says of them, on many cores at once. */
public final class FileVerifier {
    private final Hashing hashing;

    public FileVerifier(Hashing hashing) {
        this.hashing = hashing;
    }

    /**
     * Compares files; what differs is reported, and none fails the others.
     *
     * @param expected what the lock says; with the chunks of large files all cores work on them, and {@link Tier.Sampled} reads
     *     less than all
     * @return how each file compares, in the order of their names
     */
    public List<FileProof> verify(SortedMap<Path, FileDigest> expected, Tier tier) {
        FilePlanner planner = new FilePlanner(expected, tier, hashing.cache());
        List<FilePlan> plans = new ArrayList<>();
        expected.forEach((file, digest) -> plans.add(planner.plan(file, digest)));
        Map<Path, List<String>> differences = differences(plans);
        return plans.stream()
                .map(plan -> proof(plan, differences.getOrDefault(plan.file(), List.of())))
                .toList();
    }

    private Map<Path, List<String>> differences(List<FilePlan> plans) {
        List<Range> largestFirst = plans.stream()
                .flatMap(plan -> plan.ranges().stream())
                .sorted(Comparator.comparingLong(Range::length).reversed())
                .toList();
        long all = largestFirst.stream().mapToLong(Range::length).sum();
        ByteCount count = new ByteCount(all, hashing.progress());
        List<Callable<Difference>> tasks = new ArrayList<>();
        largestFirst.forEach(range -> tasks.add(() -> difference(range, count)));
        return Parallel.run(hashing.cores(), tasks).stream()
                .collect(Collectors.groupingBy(
                        Difference::file, Collectors.flatMapping(found -> found.what().stream(), Collectors.toList())));
    }

    /** In which way a part of a file differs, if it does. */
    private record Difference(Path file, Optional<String> what) {}

    private static Difference difference(Range range, ByteCount count) {
        Difference found = new Difference(range.file(), range.difference());
        count.add(range.length());
        return found;
    }

    private FileProof proof(FilePlan plan, List<String> found) {
        List<String> differences = new ArrayList<>(found);
        plan.problem().ifPresent(differences::add);
        plan.key()
                .filter(key -> !isStill(key, plan.file()))
                .ifPresent(key ->
                        differences.add("it changed while it was read; let nothing write to it, and verify again"));
        if (differences.isEmpty() && plan.coverage() instanceof Coverage.Full) {
            hashing.cache()
                    .ifPresent(cache -> plan.key()
                            .filter(FilePlanner::isWorthKeeping)
                            .ifPresent(key -> cache.keep(key, HeaderDigest.with(plan.expected(), plan.file()))));
        }
        return new FileProof(plan.file(), plan.coverage(), differences);
    }

    private static boolean isStill(FileKey key, Path file) {
        try {
            return FileKey.of(file).filter(key::equals).isPresent();
        } catch (IOException e) {
            return false;
        }
    }
}
