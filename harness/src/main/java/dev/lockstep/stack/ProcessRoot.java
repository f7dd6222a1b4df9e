package dev.lockstep.stack;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The root of a process, as the kernel shows it.
 *
 * <p>A process in another mount namespace, as in a container, sees other files under the same names; they lie below
 * {@code /proc/<pid>/root}.
 *
 * @param name the root's name, for the kernel names files from there
 * @param isOfOtherMounts whether its names are none of this process
 */
record ProcessRoot(Path folder, Path name, boolean isOfOtherMounts) {
    private static final Path SLASH = Path.of("/");

    /** Looks at {@code /proc/<pid>}. */
    static ProcessRoot of(Path proc, Path folder) throws IOException {
        Path link = folder.resolve("root");
        Path name = Files.isSymbolicLink(link) ? Files.readSymbolicLink(link) : SLASH;
        Path own = proc.resolve("self/ns/mnt");
        boolean isOther = Files.isSymbolicLink(own)
                && !Files.readSymbolicLink(own).equals(Files.readSymbolicLink(folder.resolve("ns/mnt")));
        return new ProcessRoot(folder, name, isOther);
    }

    PathOrigin origin() throws IOException {
        Path root = isOfOtherMounts || !name.equals(SLASH) ? folder.resolve("root") : SLASH;
        return new PathOrigin(root, here(Files.readSymbolicLink(folder.resolve("cwd"))));
    }

    /** Returns where this process finds what the kernel calls so. */
    Path here(Path called) {
        if (!isOfOtherMounts) {
            return called;
        }
        return called.startsWith(name)
                ? folder.resolve("root").resolve(name.relativize(called))
                : PathOrigin.below(folder.resolve("root"), called);
    }
}
