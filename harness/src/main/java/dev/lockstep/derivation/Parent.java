package dev.lockstep.derivation;

import dev.lockstep.lock.LockId;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A model that another one came from.
 *
 * @param id the name of its lock, where no file was named
 * @param lock the file of its lock, absolute
 * @param weights where it lies, if it does here: a GGUF file, or a folder in Hugging Face's layout
 * @param projector the GGUF file beside it
 */
public record Parent(Optional<LockId> id, Optional<Path> lock, Optional<Path> weights, Optional<Path> projector) {}
