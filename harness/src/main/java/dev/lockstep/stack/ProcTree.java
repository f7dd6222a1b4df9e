package dev.lockstep.stack;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * The processes under {@code /proc}, whom each was started by, and which sockets it holds.
 *
 * @param root {@code /proc}, or a folder like it
 */
record ProcTree(Path root) {
    private static final int PARENT_AFTER_NAME = 1;

    Stream<Long> pids() throws IOException {
        try (Stream<Path> entries = Files.list(root)) {
            return entries
                    .map(entry -> entry.getFileName().toString())
                    .filter(name -> name.chars().allMatch(Character::isDigit))
                    .map(Long::valueOf)
                    .toList()
                    .stream();
        }
    }

    boolean holds(long pid, long socket) {
        try (Stream<Path> descriptors = Files.list(folder(pid).resolve("fd"))) {
            return descriptors.anyMatch(descriptor -> target(descriptor).equals("socket:[" + socket + "]"));
        } catch (IOException | UncheckedIOException e) {
            return false; // it ended meanwhile
        }
    }

    private static String target(Path link) {
        try {
            return Files.readSymbolicLink(link).toString();
        } catch (IOException e) {
            return "";
        }
    }

    /** Tells whether a process is another one, or was started by it or by one of its children. */
    boolean isOf(long pid, long ancestor) {
        try {
            long at = pid;
            while (at != ancestor && at > 1) {
                at = Long.parseLong(stat(at)[PARENT_AFTER_NAME]);
            }
            return at == ancestor;
        } catch (IOException e) {
            return false; // it ended meanwhile
        }
    }

    /** Returns the fields of {@code stat} behind the name of the program. */
    String[] stat(long pid) throws IOException {
        String stat = Files.readString(folder(pid).resolve("stat"));
        // The name before the last parenthesis may hold blanks and parentheses itself.
        return stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
    }

    private Path folder(long pid) {
        return root.resolve(Long.toString(pid));
    }
}
