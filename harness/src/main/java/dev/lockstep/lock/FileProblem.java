package dev.lockstep.lock;

import dev.lockstep.document.Position;
import dev.lockstep.document.Problem;
import java.nio.file.Path;

/**
 * What is wrong with one file of a model.
 *
 * @param file where it lies, or should
 * @param path the same inside its model, with {@code /}
 */
public record FileProblem(Path file, String path, String message) {

    public Problem problem() {
        return new Problem(Position.of(file), message);
    }

    /** Tells whether a field of the lock speaks of this file, in a model of this role. */
    public boolean concerns(String role, String field) {
        return field.equals(role + "." + FileFacts.FILE + path) || field.startsWith(role + "." + path + "#");
    }
}
