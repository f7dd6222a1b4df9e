package dev.lockstep.lock;

import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Reads the files of a stack's parts no further than a tier asks, by what a lock says of them.
 *
 * <p>Large files are held against their locked digests first: chunk by chunk on all cores, by a record of an earlier reading,
 * or by a sample of chunks. Those that match hold what the lock says. Any others, and all small ones, are read and taken apart,
 * so that a change names its layer.
 */
public final class LockedFiles {
    private final Lock lock;
    private final TensorStore tensors;
    private final ChunkStore chunks;
    private final Tier tier;
    private final Hashing hashing;

    /** Names the lock, and the sidecars of tensors beside it, beside which those of chunks lie. */
    public LockedFiles(Lock lock, TensorStore tensors, Tier tier, Hashing hashing) {
        this.lock = lock;
        this.tensors = tensors;
        this.chunks = ChunkStore.beside(tensors);
        this.tier = tier;
        this.hashing = hashing;
    }

    /**
     * What was read of a part.
     *
     * @param coverage what of each large file was read, where that was not plainly all
     * @param unproven the fields that rest on bytes that nobody read, each with the reason
     */
    public record Reading(SourceFacts facts, String coverage, SortedMap<String, String> unproven) {
        public Reading {
            unproven = Collections.unmodifiableSortedMap(new TreeMap<>(unproven));
        }
    }

    /**
     * Reads a part.
     *
     * @throws dev.lockstep.document.LockstepException when it cannot be read as what it should be
     */
    public Reading read(ModelSource source, String role) {
        LockedDigests digests = LockedDigests.of(lock, source, role, chunks);
        SortedMap<Path, FileDigest> large = new TreeMap<>(digests.byFile());
        large.values().removeIf(digest -> !mayStayClosed(digest));
        List<FileProof> proofs = large.isEmpty() ? List.of() : new FileVerifier(hashing).verify(large, tier);
        Hashing own = digests.areOfOldLock() ? hashing.withoutChunks() : hashing;
        return new TieredPart(source, digests, LockedTensors.of(lock, role, tensors), tier)
                .trusting(proofs)
                .read(lock, own);
    }

    /** Tells whether a file is compared before it is taken apart. */
    private boolean mayStayClosed(FileDigest digest) {
        return switch (tier) {
            case Tier.Full full -> digest.chunks().isPresent();
            case Tier.Cached cached -> FilePlanner.isLarge(digest.size());
            case Tier.Sampled sampled -> digest.chunks().isPresent();
        };
    }
}
