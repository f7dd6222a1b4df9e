package dev.lockstep.lock;

import java.util.Optional;
import java.util.OptionalLong;

/**
 * A file that a lock holds the SHA-256 of.
 *
 * @param name its path in the model's folder; what a lock knows without one is named after what it is: {@code projector},
 *     {@code adapter.1/adapter_model.safetensors}, {@code engine/libggml.so}
 * @param sha256 in lower-case hex
 * @param size bytes; empty where the lock does not hold it
 * @param gitOid the id of its Git blob; empty where the lock does not hold it
 */
public record LockedFile(
        String name, Layer layer, Kind kind, String sha256, OptionalLong size, Optional<String> gitOid) {

    /** What a file is to its stack. */
    public enum Kind {
        /** Lies in the model's folder under its name. */
        MODEL_FILE,
        /** Belongs to the model, but under which path is not known: a GGUF file, a part of an adapter. */
        MODEL_PART,
        /** A program or library that computes the answers. */
        PROGRAM,
        /** No engine loads it, and it is no part of the lock id. */
        NOTE
    }

    /** Returns whether it is of the model, loaded by engines or not. */
    public boolean isOfModel() {
        return kind != Kind.PROGRAM;
    }
}
