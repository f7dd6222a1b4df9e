package dev.lockstep.document;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.UUID;

/**
 * Writes a file so that a reader sees the old one or the new one, never half of it.
 *
 * <p>The bytes go to a draft in the same folder, onto the disk, and take the file's name in one move. What cannot be
 * written leaves the old file and no draft.
 */
public final class AtomicFile {

    private AtomicFile() {}

    /** Writes text as UTF-8. */
    public static void write(Path file, String text) {
        write(file, text.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Writes bytes; creates missing folders.
     *
     * @throws LockstepException of kind PREREQUISITE when the file cannot be written
     */
    public static void write(Path file, byte[] bytes) {
        Path draft = file.resolveSibling("." + file.getFileName() + "." + UUID.randomUUID() + ".tmp");
        try {
            Files.createDirectories(draft.toAbsolutePath().normalize().getParent());
            store(draft, bytes);
            Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            delete(draft, e);
            throw new LockstepException(
                    ErrorKind.PREREQUISITE,
                    file + ": cannot be written (" + e + "); check the folder's permissions and free space",
                    e);
        }
    }

    private static void store(Path draft, byte[] bytes) throws IOException {
        try (FileChannel channel = FileChannel.open(draft, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            ByteBuffer left = ByteBuffer.wrap(bytes);
            while (left.hasRemaining()) {
                channel.write(left);
            }
            // Without this a power cut may leave the new name on an empty file.
            channel.force(true);
        }
    }

    private static void delete(Path draft, IOException cause) {
        try {
            Files.deleteIfExists(draft);
        } catch (IOException e) {
            cause.addSuppressed(e);
        }
    }
}
