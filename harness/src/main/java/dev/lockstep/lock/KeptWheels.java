package dev.lockstep.lock;

import dev.lockstep.document.ErrorKind;
import dev.lockstep.document.LockstepException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Folders in which people and the launcher keep wheels.
 *
 * <p>A name proves nothing: every wheel that is named as the wanted one is opened, and its contents are held against the lock.
 */
public record KeptWheels(List<Path> folders) {
    private static final int DEEPEST = 3;

    public KeptWheels {
        folders = List.copyOf(folders);
    }

    /**
     * What was found of one package.
     *
     * @param wheel the first whose contents are the locked ones
     * @param others why wheels of the same name are not the locked one
     */
    public record Found(Optional<Path> wheel, List<String> others) {
        public Found {
            others = List.copyOf(others);
        }
    }

    /** Looks for a package. @throws LockstepException of kind CONFIG when a folder cannot be read */
    public Found find(LockedPackage wanted) {
        List<String> others = new ArrayList<>();
        for (Path folder : folders) {
            for (Path wheel : wheels(folder, wanted)) {
                Optional<String> why = why(wanted, wheel);
                if (why.isEmpty()) {
                    return new Found(Optional.of(wheel), others);
                }
                others.add(why.get());
            }
        }
        return new Found(Optional.empty(), others);
    }

    private static Optional<String> why(LockedPackage wanted, Path wheel) {
        try {
            return wanted.difference(PythonWheel.identity(wheel))
                    .map(field -> wheel + " is another build (" + field + ")");
        } catch (LockstepException damaged) {
            return Optional.of(damaged.getMessage());
        }
    }

    private static List<Path> wheels(Path folder, LockedPackage wanted) {
        try (Stream<Path> files = Files.walk(folder, DEEPEST, FileVisitOption.FOLLOW_LINKS)) {
            return files.filter(file -> wanted.isNamed(file.getFileName().toString()))
                    .sorted()
                    .toList();
        } catch (IOException | UncheckedIOException e) {
            throw new LockstepException(
                    ErrorKind.CONFIG, folder + ": cannot be listed (" + e.getMessage() + "); make it readable", e);
        }
    }
}
