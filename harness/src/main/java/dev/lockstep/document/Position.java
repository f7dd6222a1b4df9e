package dev.lockstep.document;

import java.nio.file.Path;

/** A place in a file that a person wrote; line and column start at 1. */
public record Position(Path file, int line, int column) {

    @Override
    public String toString() {
        return file + ":" + line + ":" + column;
    }
}
