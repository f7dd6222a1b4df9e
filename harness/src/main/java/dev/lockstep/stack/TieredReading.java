package dev.lockstep.stack;

import dev.lockstep.lock.Hashing;
import dev.lockstep.lock.Lock;
import dev.lockstep.lock.LockedFiles;
import dev.lockstep.lock.ModelSource;
import dev.lockstep.lock.SourceFacts;
import dev.lockstep.lock.Tier;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Reads model files no further than a tier asks.
 *
 * <p>Files that are still as the lock says hold what it says; any others are read in full, so that a change names its layer.
 */
final class TieredReading implements ModelLayers.SourceReader {
    private final LockedFiles locked;
    private final Tier tier;
    private final SortedMap<String, String> coverage = new TreeMap<>();

    TieredReading(Lock lock, Tier tier, Hashing hashing) {
        this.locked = new LockedFiles(lock, tier, hashing);
        this.tier = tier;
    }

    /** Returns what was read of each source, by its role, where that is not all. */
    SortedMap<String, String> coverage() {
        return Collections.unmodifiableSortedMap(coverage);
    }

    @Override
    public SourceFacts read(ModelSource source, String role) {
        return switch (tier) {
            case Tier.Full full -> source.read(role);
            case Tier.Cached cached -> unlessUnchanged(source, role);
            case Tier.Sampled sampled -> unlessUnchanged(source, role);
        };
    }

    private SourceFacts unlessUnchanged(ModelSource source, String role) {
        Optional<LockedFiles.Unchanged> unchanged = locked.unchanged(source, role);
        unchanged.filter(found -> !found.coverage().isEmpty()).ifPresent(found -> coverage.put(role, found.coverage()));
        return unchanged.map(LockedFiles.Unchanged::facts).orElseGet(() -> source.read(role));
    }
}
