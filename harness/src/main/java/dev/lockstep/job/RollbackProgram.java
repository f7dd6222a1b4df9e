package dev.lockstep.job;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lockstep.document.ErrorKind;
import dev.lockstep.document.LockstepException;
import dev.lockstep.document.Sha256;
import dev.lockstep.job.RollbackReport.Item;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Whether an engine that is a program, and its libraries, are kept in folders that the user names.
 *
 * @param engine what the lock pins of its layer
 */
record RollbackProgram(Map<String, JsonNode> engine, List<Path> folders) {
    private static final String EXECUTABLE = "executable";
    private static final String LIBRARY = "library.";
    private static final String DIGEST = "sha256:";
    private static final int DEEPEST = 4;

    /** Tells whether the lock holds a program at all. */
    boolean isLocked() {
        return engine.containsKey(EXECUTABLE);
    }

    Item item() {
        if (folders.isEmpty()) {
            return Item.degraded(
                    RollbackEngine.PART,
                    "it is a program, which Lockstep does not install",
                    "keep it with its libraries, and name the folder: --packages DIR");
        }
        TreeSet<String> missing = new TreeSet<>(engine.keySet());
        missing.removeIf(field -> !field.equals(EXECUTABLE) && !field.startsWith(LIBRARY));
        int wanted = missing.size();
        files().forEach(file -> missing.removeIf(field -> isNamed(file, field) && isLocked(file, field)));
        String places = folders.stream().map(Path::toString).collect(Collectors.joining(", "));
        return missing.isEmpty()
                ? Item.ready(
                        RollbackEngine.PART,
                        places + ": the program and its libraries (" + (wanted - 1) + ") are kept, byte by byte")
                : Item.degraded(
                        RollbackEngine.PART,
                        places + ": no file is the locked " + String.join(", ", missing),
                        "keep the program that was locked, with its libraries");
    }

    private List<Path> files() {
        return folders.stream().flatMap(folder -> files(folder).stream()).toList();
    }

    private static List<Path> files(Path folder) {
        try (Stream<Path> files = Files.walk(folder, DEEPEST, FileVisitOption.FOLLOW_LINKS)) {
            return files.filter(Files::isRegularFile).sorted().toList();
        } catch (IOException | UncheckedIOException e) {
            throw new LockstepException(
                    ErrorKind.CONFIG, folder + ": cannot be listed (" + e.getMessage() + "); make it readable", e);
        }
    }

    /** The lock does not hold under which name the program lay; any that can be executed may be it. */
    private static boolean isNamed(Path file, String field) {
        return field.equals(EXECUTABLE) ? Files.isExecutable(file) : field.equals(LIBRARY + file.getFileName());
    }

    private boolean isLocked(Path file, String field) {
        JsonNode locked = engine.get(field);
        return locked != null && locked.asText().equals(DIGEST + Sha256.of(file));
    }
}
