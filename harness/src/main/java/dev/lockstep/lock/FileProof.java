package dev.lockstep.lock;

import java.nio.file.Path;
import java.util.List;

/**
 * How a file compares with what a lock says of it.
 *
 * @param coverage what of it was read
 * @param differences what is not as the lock says, each with its place; none of a file that matches
 */
public record FileProof(Path file, Coverage coverage, List<String> differences) {

    public FileProof {
        differences = List.copyOf(differences);
    }

    public boolean matches() {
        return differences.isEmpty();
    }

    @Override
    public String toString() {
        return file + " (" + coverage + "): " + (matches() ? "matches" : String.join("; ", differences));
    }
}
