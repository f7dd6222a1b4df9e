package dev.lockstep.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A home of a test's own, whose engines, tools, models and variants are those that all tests share: they are installed once. */
final class TestHome {

    private static final List<String> SHARED = List.of("engines", "wheels", "tools", "models", "variants");

    private TestHome() {}

    static Path in(Path folder) throws IOException {
        Path home = Files.createDirectories(folder.resolve("home"));
        for (String what : SHARED) {
            share(home, what);
        }
        return home;
    }

    /** A home with engines, but without ffmpeg and ffprobe. */
    static Path withoutVideoToolsIn(Path folder) throws IOException {
        Path home = Files.createDirectories(folder.resolve("home-without-video-tools"));
        share(home, "engines");
        return home;
    }

    /** A home without engines, but with the wheels that they are installed from. */
    static Path withoutEnginesIn(Path folder) throws IOException {
        Path home = Files.createDirectories(folder.resolve("home-without-engines"));
        share(home, "wheels");
        share(home, "tools");
        return home;
    }

    /** Takes the links out again, so that nobody who deletes the home comes near what is shared. */
    static void release(Path home) throws IOException {
        for (String what : SHARED) {
            if (Files.isSymbolicLink(home.resolve(what))) {
                Files.delete(home.resolve(what));
            }
        }
    }

    private static void share(Path home, String what) throws IOException {
        Path shared = Path.of(System.getProperty("lockstep.test.home", "target/lockstep-home"))
                .toAbsolutePath()
                .resolve(what);
        Files.createSymbolicLink(home.resolve(what), Files.createDirectories(shared));
    }
}
