package dev.lockstep.stack;

import dev.lockstep.lock.Check;
import dev.lockstep.lock.Hashing;
import dev.lockstep.lock.LockedFiles;
import dev.lockstep.lock.ModelSource;
import dev.lockstep.lock.SourceFacts;
import dev.lockstep.lock.Tier;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Reads model files no further than a tier asks, and tells what it read.
 *
 * <p>Large files that are still as a lock says hold what it says; all others are read in full, so that a change names its layer.
 */
public final class TieredReading implements ModelLayers.SourceReader {
    private final Hashing hashing;
    private final Optional<LockedFiles> locked;
    private final SortedMap<String, String> coverage = new TreeMap<>();
    private final SortedMap<String, String> unproven = new TreeMap<>();

    private TieredReading(Hashing hashing, Optional<LockedFiles> locked) {
        this.hashing = hashing;
        this.locked = locked;
    }

    /** Reads all bytes, as for a first lock. */
    public static TieredReading full(Hashing hashing) {
        return new TieredReading(hashing, Optional.empty());
    }

    /** Reads as much as a tier says beside what a lock and its sidecars say. */
    public static TieredReading of(ResolvedStack.Kept kept, Tier tier, Hashing hashing) {
        return new TieredReading(hashing, Optional.of(new LockedFiles(kept.lock(), kept.tensors(), tier, hashing)));
    }

    /** Returns what was read of the large files of each part, by its role, where that was not plainly all. */
    public SortedMap<String, String> coverage() {
        return Collections.unmodifiableSortedMap(coverage);
    }

    @Override
    public SourceFacts read(ModelSource source, String role) {
        if (locked.isEmpty()) {
            return source.read(role, hashing);
        }
        LockedFiles.Reading reading = locked.get().read(source, role);
        if (!reading.coverage().isEmpty()) {
            coverage.put(role, reading.coverage());
        }
        unproven.putAll(reading.unproven());
        return reading.facts();
    }

    /** Tells whether a field rests on bytes that nobody read. */
    boolean isUnproven(String field) {
        return unproven.containsKey(field);
    }

    /** A sample is no proof: what rests on bytes that nobody read cannot be verified, unless it is seen to differ. */
    Check judged(Check check) {
        String why = unproven.get(check.field());
        return why == null || check.outcome() != Check.Outcome.MATCH
                ? check
                : check.as(Check.Outcome.UNVERIFIABLE, "", why);
    }
}
