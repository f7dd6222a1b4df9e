package dev.lockstep.lock;

import java.util.Optional;

/**
 * How files are hashed.
 *
 * @param cores how many may be used at once
 * @param progress hears how far it is
 * @param cache keeps what was read in full, for the tier {@link Tier.Cached}
 * @param chunkBytes bytes of a chunk; {@link ChunkTree#CHUNK_BYTES} in every lock
 */
public record Hashing(int cores, HashProgress progress, Optional<DigestCache> cache, long chunkBytes) {

    /** Returns what uses so many cores, and neither tells nor keeps anything. */
    public static Hashing on(int cores) {
        return new Hashing(cores, HashProgress.silent(), Optional.empty(), ChunkTree.CHUNK_BYTES);
    }

    /** Returns what uses all cores of the machine, and neither tells nor keeps anything. */
    public static Hashing onAllCores() {
        return on(Runtime.getRuntime().availableProcessors());
    }

    public Hashing telling(HashProgress listener) {
        return new Hashing(cores, listener, cache, chunkBytes);
    }

    public Hashing keepingIn(DigestCache kept) {
        return new Hashing(cores, progress, Optional.of(kept), chunkBytes);
    }

    Hashing inChunksOf(long bytes) {
        return new Hashing(cores, progress, cache, bytes);
    }
}
