package dev.lockstep.lock;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * How files are hashed.
 *
 * @param cores how many may be used at once
 * @param progress hears how far it is
 * @param cache keeps what was read in full, for the tier {@link Tier.Cached}
 * @param chunkBytes bytes of a chunk; {@link ChunkTree#CHUNK_BYTES} in every lock
 * @param known what is known of files, which are then not read
 */
public record Hashing(
        int cores,
        HashProgress progress,
        Optional<DigestCache> cache,
        long chunkBytes,
        Map<Path, TensorReading> known) {
    private static final long NO_CHUNKS = Long.MAX_VALUE;

    public Hashing {
        known = Map.copyOf(known);
    }

    /** Returns what uses so many cores, and neither tells nor keeps anything. */
    public static Hashing on(int cores) {
        return new Hashing(cores, HashProgress.silent(), Optional.empty(), ChunkTree.CHUNK_BYTES, Map.of());
    }

    /** Returns what uses all cores of the machine, and neither tells nor keeps anything. */
    public static Hashing onAllCores() {
        return on(Runtime.getRuntime().availableProcessors());
    }

    public Hashing telling(HashProgress listener) {
        return new Hashing(cores, listener, cache, chunkBytes, known);
    }

    public Hashing keepingIn(DigestCache kept) {
        return new Hashing(cores, progress, Optional.of(kept), chunkBytes, known);
    }

    /** Returns the same with chunks of another size than that of every lock. */
    public Hashing inChunksOf(long bytes) {
        return new Hashing(cores, progress, cache, bytes, known);
    }

    /** Returns the same for files of which nobody needs the chunks. */
    Hashing withoutChunks() {
        return inChunksOf(NO_CHUNKS);
    }

    Hashing knowing(Map<Path, TensorReading> files) {
        return new Hashing(cores, progress, cache, chunkBytes, files);
    }
}
