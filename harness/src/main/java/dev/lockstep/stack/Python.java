package dev.lockstep.stack;

import dev.lockstep.document.ErrorKind;
import dev.lockstep.document.LockstepException;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Finds the Python interpreter that runs the embedded launcher. */
final class Python {
    static final int LEAST_MINOR = 10;
    private static final int NEWEST_MINOR = 20;
    private static final long SECONDS = 20;
    private static final String QUESTION =
            "import sys; sys.exit(0 if sys.version_info >= (3, " + LEAST_MINOR + ") else 1)";

    private final Map<String, String> environment;

    Python(Map<String, String> environment) {
        this.environment = environment;
    }

    /** Returns the first interpreter on PATH that is new enough. @throws LockstepException when there is none */
    Path find() {
        return names().flatMap(this::onPath)
                .filter(Python::isNewEnough)
                .findFirst()
                .orElseThrow(
                        () -> new LockstepException(
                                ErrorKind.PREREQUISITE,
                                "no python3 of version 3." + LEAST_MINOR
                                        + " or newer on PATH; the embedded engine needs it: install Python, then run this again"));
    }

    private static Stream<String> names() {
        Stream<String> numbered = IntStream.rangeClosed(LEAST_MINOR, NEWEST_MINOR)
                .map(minor -> NEWEST_MINOR + LEAST_MINOR - minor)
                .mapToObj(minor -> "python3." + minor);
        return Stream.concat(Stream.of("python3"), numbered);
    }

    private Stream<Path> onPath(String name) {
        String path = Optional.ofNullable(environment.get("PATH")).orElse("");
        return Pattern.compile(File.pathSeparator, Pattern.LITERAL)
                .splitAsStream(path)
                .filter(folder -> !folder.isEmpty())
                .map(folder -> Path.of(folder, name))
                .filter(Files::isExecutable);
    }

    private static boolean isNewEnough(Path python) {
        try {
            Process process = new ProcessBuilder(List.of(python.toString(), "-I", "-c", QUESTION))
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            boolean ended = process.waitFor(SECONDS, TimeUnit.SECONDS);
            process.destroyForcibly();
            return ended && process.exitValue() == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LockstepException(ErrorKind.PREREQUISITE, "interrupted while looking for python3", e);
        }
    }
}
