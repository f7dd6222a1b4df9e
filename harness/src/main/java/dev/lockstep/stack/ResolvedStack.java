package dev.lockstep.stack;

import dev.lockstep.lock.ChunkStore;
import dev.lockstep.lock.ChunkTree;
import dev.lockstep.lock.Lock;
import dev.lockstep.lock.TensorDigests;
import dev.lockstep.lock.TensorStore;
import java.nio.file.Path;
import java.util.List;

/**
 * A lock, and what is kept beside it.
 *
 * @param tensors those of its models, and of the models that these came from
 * @param chunks those of its large files
 * @param captures what a live server answered when it was asked who it is; empty without one
 */
public record ResolvedStack(Lock lock, List<TensorDigests> tensors, List<ChunkTree> chunks, Captures captures) {

    public ResolvedStack {
        tensors = List.copyOf(tensors);
        chunks = List.copyOf(chunks);
    }

    /** A lock that was made before, and the folder of its sidecars. */
    public record Kept(Lock lock, TensorStore tensors) {

        /** Returns a lock with the sidecars in the folder of its stack. */
        public static Kept in(Path stackFolder, Lock lock) {
            return new Kept(lock, TensorStore.in(stackFolder));
        }
    }

    /** Writes the sidecars whose roots stand in the lock; those of chunks beside those of tensors. */
    public void keepSidecars(TensorStore store) {
        tensors.stream().filter(each -> !each.byName().isEmpty()).forEach(store::keep);
        chunks.forEach(ChunkStore.beside(store)::keep);
    }
}
