package dev.lockstep.lock;

import dev.lockstep.document.AtomicFile;
import dev.lockstep.document.DocumentNode;
import dev.lockstep.document.DocumentReader;
import dev.lockstep.document.ErrorKind;
import dev.lockstep.document.LockstepException;
import dev.lockstep.document.Problems;
import dev.lockstep.document.UnreadableFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads, checks and writes {@code stack.lock.json}.
 *
 * <p>A lock has exactly one spelling, so a file that was edited by hand is noticed. Its id is computed from its values and
 * never stored inside; a file may carry it as its name, and then name and values must agree.
 */
public final class LockFile {
    private static final Pattern NAMED_BY_ID = Pattern.compile("(lk1-.*)\\.json");

    /** The lock of a model with a thousand files has half a megabyte. */
    private static final long MOST_BYTES = 16 << 20;

    private LockFile() {}

    /**
     * Reads a lock that is spelled canonically.
     *
     * @throws LockstepException of kind CONFIG when the file cannot be read as a lock or is spelled in another way, of kind
     *     LOCK when its name is the id of another lock
     */
    public static Lock read(Path file) {
        Lock lock = readAnySpelling(file);
        if (!text(lock).equals(content(file))) {
            throw new LockstepException(
                    ErrorKind.CONFIG,
                    file + ": is not spelled as Lockstep writes it (order of keys, spaces, numbers, line ends);"
                            + " write it again with `lockstep lock fmt " + file + "`, never edit it by hand");
        }
        requireName(file, lock.id());
        return lock;
    }

    /** Reads a lock whose order of keys, whitespace and numbers may be spelled freely: what {@code lock fmt} mends. */
    public static Lock readAnySpelling(Path file) {
        requireReadable(file);
        Problems problems = new Problems();
        Optional<DocumentNode> document = DocumentReader.read(file, problems);
        Optional<Lock> lock = document.flatMap(root -> new LockReader(problems).read(root));
        problems.throwIfAny();
        return lock.orElseThrow();
    }

    /**
     * Writes a lock so that a reader sees the old file or the new one, never half of it; creates missing folders.
     *
     * @throws LockstepException of kind CONFIG when the file cannot be written
     */
    public static void write(Path file, Lock lock) {
        AtomicFile.write(file, text(lock));
    }

    /** Returns the bytes of the file: sorted keys, two-space indents, LF, a final newline. */
    public static String text(Lock lock) {
        return LockWriter.text(lock);
    }

    private static void requireName(Path file, LockId id) {
        Matcher named = NAMED_BY_ID.matcher(String.valueOf(file.getFileName()));
        if (named.matches() && !named.group(1).equals(id.value())) {
            throw new LockstepException(
                    ErrorKind.LOCK,
                    file + ": holds the lock " + id + ", not the one it is named after;"
                            + " restore the file from version control");
        }
    }

    /** What is not there is told of when it is read. */
    private static void requireReadable(Path file) {
        try {
            UnreadableFile.requireFile(file);
            if (Files.exists(file) && Files.size(file) > MOST_BYTES) {
                throw new LockstepException(
                        ErrorKind.CONFIG,
                        file + ": has " + Files.size(file) + " bytes, and a lock has at most " + MOST_BYTES
                                + "; name the right file, or restore it from version control");
            }
        } catch (IOException e) {
            throw UnreadableFile.because(file, e);
        }
    }

    private static String content(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new LockstepException(ErrorKind.CONFIG, file + ": cannot be read: " + e, e);
        }
    }
}
