package dev.lockstep.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Figures that a test measured, for {@code scripts/acceptance} to collect. */
final class Measured {
    private static final Path FOLDER = Path.of("target", "measured");

    private Measured() {}

    static void write(String name, String text) throws IOException {
        Files.createDirectories(FOLDER);
        Files.writeString(FOLDER.resolve(name + ".md"), text);
    }
}
