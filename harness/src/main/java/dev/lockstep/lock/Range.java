package dev.lockstep.lock;

import dev.lockstep.document.Sha256;
import dev.lockstep.document.UnreadableFile;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A part of a file, and what it should hold.
 *
 * @param what the part in words: {@code chunk 3 of 16}
 */
record Range(Path file, String what, long offset, long length, String sha256) {

    /** Reads it and returns in which way it differs; empty when it does not. */
    Optional<String> difference() {
        try (FileChannel channel = FileChannel.open(file)) {
            String found = Sha256.of(channel, offset, length);
            return found.equals(sha256)
                    ? Optional.empty()
                    : Optional.of(what + " (from byte " + offset + ", " + length + " bytes) has the SHA-256 " + found
                            + ", expected " + sha256);
        } catch (ClosedByInterruptException e) {
            throw UnreadableFile.because(file, e);
        } catch (IOException e) {
            return Optional.of(UnreadableFile.reason(e));
        }
    }
}
