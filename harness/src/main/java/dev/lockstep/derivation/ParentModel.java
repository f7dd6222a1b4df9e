package dev.lockstep.derivation;

import dev.lockstep.lock.LockId;
import dev.lockstep.lock.TensorDigests;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What is known of a model that another one came from.
 *
 * @param id its lock
 * @param tensors empty when neither its files nor a sidecar are here
 * @param files where its numbers lie; none when only the sidecar is here
 * @param why something of it is not known, in a sentence; empty when all is
 */
record ParentModel(Optional<LockId> id, Optional<TensorDigests> tensors, List<Path> files, String why) {

    ParentModel {
        files = List.copyOf(files);
    }

    static ParentModel unknown(Optional<LockId> id, String why) {
        return new ParentModel(id, Optional.empty(), List.of(), why);
    }
}
