package dev.lockstep.stack;

import java.nio.file.Path;

/**
 * Where the paths of a process begin, as this process finds them.
 *
 * @param root its root: {@code /}, or {@code /proc/<pid>/root} where it sees other files under the same names
 * @param folder its working directory
 */
record PathOrigin(Path root, Path folder) {
    private static final Path SLASH = Path.of("/");

    /** A process that sees the same files. */
    static PathOrigin here(Path folder) {
        return new PathOrigin(SLASH, folder);
    }

    /** Tells whether the process sees files that have other names here, or none. */
    boolean isElsewhere() {
        return !root.equals(SLASH);
    }

    /** Returns the path by which this process reaches what the other one calls so. */
    Path resolve(String path) {
        Path named = Path.of(path);
        return named.isAbsolute() ? below(root, named) : folder.resolve(named);
    }

    /** Returns an absolute path as it lies below another root. */
    static Path below(Path root, Path absolute) {
        return root.equals(SLASH) ? absolute : root.resolve(absolute.toString().substring(1));
    }
}
