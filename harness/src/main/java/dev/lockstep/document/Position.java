package dev.lockstep.document;

import java.nio.file.Path;

/** A place in a file that a person wrote; line and column start at 1, and are 0 where the file as a whole is meant. */
public record Position(Path file, int line, int column) {

    /** Returns the place of a file as a whole: one that is missing or cannot be read has no lines. */
    public static Position of(Path file) {
        return new Position(file, 0, 0);
    }

    public boolean isWholeFile() {
        return line == 0;
    }

    @Override
    public String toString() {
        return isWholeFile() ? file.toString() : file + ":" + line + ":" + column;
    }
}
