package dev.lockstep.baseline;

import dev.lockstep.document.AtomicFile;
import dev.lockstep.document.ErrorKind;
import dev.lockstep.document.LockstepException;
import dev.lockstep.document.Sha256;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** An object store in one directory: {@code ab/abcdef…}. */
public final class DirectoryObjectStore implements ObjectStore {
    private final Path directory;

    public DirectoryObjectStore(Path directory) {
        this.directory = directory;
    }

    @Override
    public String put(byte[] bytes) {
        String sha256 = Sha256.of(bytes);
        AtomicFile.write(file(sha256), bytes);
        return sha256;
    }

    @Override
    public byte[] get(String sha256) {
        Path file = file(sha256);
        byte[] bytes = read(file);
        String actual = Sha256.of(bytes);
        if (!actual.equals(sha256)) {
            throw new LockstepException(
                    ErrorKind.BASELINE,
                    file + ": holds bytes with digest " + actual + "; it was altered, record the baseline again");
        }
        return bytes;
    }

    private byte[] read(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (NoSuchFileException e) {
            throw new LockstepException(
                    ErrorKind.BASELINE,
                    file
                            + ": the samples of a baseline run are not in this object store; copy this file from the machine"
                            + " that recorded them, where it lies as " + directory.relativize(file)
                            + " under `objects` of LOCKSTEP_HOME, or record again",
                    e);
        } catch (IOException e) {
            throw new UncheckedIOException(file + ": cannot be read", e);
        }
    }

    private Path file(String sha256) {
        return directory.resolve(sha256.substring(0, 2)).resolve(sha256);
    }
}
