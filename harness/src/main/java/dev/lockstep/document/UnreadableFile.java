package dev.lockstep.document;

import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CancellationException;

/** Says why a file could not be read, and what to do. */
public final class UnreadableFile {

    private UnreadableFile() {}

    /**
     * Returns the error that a user sees.
     *
     * @throws CancellationException when the reading was interrupted
     */
    public static LockstepException because(Path file, IOException cause) {
        if (cause instanceof ClosedByInterruptException) {
            throw (CancellationException)
                    new CancellationException("interrupted while " + file + " was read").initCause(cause);
        }
        LockstepException error = new ProblemsException(List.of(new Problem(Position.of(file), reason(cause))));
        error.initCause(cause);
        return error;
    }

    /** Refuses what is there but is no file, such as a folder or a pipe, from which a reader might wait for ever. */
    public static void requireFile(Path file) throws IOException {
        if (Files.exists(file) && !Files.isRegularFile(file)) {
            throw new IOException("it is no regular file");
        }
    }

    /** Returns the reason in words, without the name of the file. */
    public static String reason(IOException cause) {
        return switch (cause) {
            case NoSuchFileException missing -> "there is no such file; check the path";
            case AccessDeniedException denied -> "cannot be read: access is denied; check the file's permissions";
            default -> "cannot be read: " + cause.getMessage();
        };
    }
}
