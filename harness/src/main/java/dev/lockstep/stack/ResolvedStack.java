package dev.lockstep.stack;

import dev.lockstep.lock.Lock;
import dev.lockstep.lock.TensorDigests;
import dev.lockstep.lock.TensorStore;
import java.nio.file.Path;
import java.util.List;

/**
 * A lock, and what is kept beside it.
 *
 * @param tensors those of its models, and of the models that these came from
 * @param captures what a live server answered when it was asked who it is; empty without one
 */
public record ResolvedStack(Lock lock, List<TensorDigests> tensors, Captures captures) {

    public ResolvedStack {
        tensors = List.copyOf(tensors);
    }

    /** A lock that was made before, and the folder of its sidecars. */
    public record Kept(Lock lock, TensorStore tensors) {

        /** Returns a lock with the sidecars in the folder of its stack. */
        public static Kept in(Path stackFolder, Lock lock) {
            return new Kept(lock, TensorStore.in(stackFolder));
        }
    }

    /** Writes the sidecars whose roots stand in the lock. */
    public void keepTensors(TensorStore store) {
        tensors.stream().filter(each -> !each.byName().isEmpty()).forEach(store::keep);
    }
}
