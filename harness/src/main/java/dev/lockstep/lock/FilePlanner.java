package dev.lockstep.lock;

import dev.lockstep.document.FileKey;
import dev.lockstep.document.UnreadableFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;

/** Decides what is read of each file: never less than the tier says, and more where less would prove nothing. */
final class FilePlanner {
    /** Smaller files are read in full, whatever the cache says. */
    private static final long SMALL_BYTES = 64L << 20;

    private final Tier tier;
    private final Optional<DigestCache> cache;
    private final Map<Path, Coverage.Sampled> samples;

    FilePlanner(SortedMap<Path, FileDigest> expected, Tier tier, Optional<DigestCache> cache) {
        this.tier = tier;
        this.cache = cache;
        this.samples = tier instanceof Tier.Sampled sampled ? ChunkSample.of(expected, sampled) : Map.of();
    }

    /** Tells whether a record of this file would ever be looked at. */
    static boolean isWorthKeeping(FileKey key) {
        return isLarge(key.size());
    }

    /** Tells whether a file of so many bytes may stay unread when it did not change. */
    static boolean isLarge(long size) {
        return size >= SMALL_BYTES;
    }

    FilePlan plan(Path file, FileDigest expected) {
        try {
            UnreadableFile.requireFile(file);
            long size = Files.size(file);
            if (size != expected.size()) {
                return FilePlan.failed(file, expected, "has " + size + " bytes, expected " + expected.size());
            }
            return planOfSameSize(file, expected, FileKey.of(file));
        } catch (IOException e) {
            return FilePlan.failed(file, expected, UnreadableFile.reason(e));
        }
    }

    private FilePlan planOfSameSize(Path file, FileDigest expected, Optional<FileKey> key) {
        return switch (tier) {
            case Tier.Full full -> FilePlan.full(file, expected, key);
            case Tier.Cached cached -> cached(file, expected, key).orElseGet(() -> FilePlan.full(file, expected, key));
            case Tier.Sampled sampled ->
                expected.tree()
                        .flatMap(tree -> Optional.ofNullable(samples.get(file))
                                .map(sample -> FilePlan.sampled(file, expected, tree, sample)))
                        .orElseGet(() -> FilePlan.full(file, expected, key));
        };
    }

    private Optional<FilePlan> cached(Path file, FileDigest expected, Optional<FileKey> key) {
        if (cache.isEmpty() || key.isEmpty() || !isLarge(expected.size())) {
            return Optional.empty();
        }
        return cache.get()
                .find(key.get())
                .filter(kept -> kept.digest().sha256().equals(expected.sha256()))
                .map(kept -> FilePlan.cached(file, expected, key.get(), kept));
    }
}
