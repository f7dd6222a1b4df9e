package dev.lockstep.job;

import dev.lockstep.document.AtomicFile;
import dev.lockstep.score.Scorers;
import dev.lockstep.suite.Suite;
import dev.lockstep.suite.Suites;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

/** The prompts that two stacks are asked to tell them apart, when the user names none. */
public final class BisectSuite {
    private static final String RESOURCE = "bisect.suite.yaml";

    private BisectSuite() {}

    /** Writes the shipped suite under a folder, where people can read what is asked, and reads it from there. */
    public static List<Suite> in(Path folder) {
        Path file = folder.resolve("suite").resolve("suite.yaml");
        AtomicFile.write(file, shipped());
        return Suites.readAll(List.of(file), Scorers.standard());
    }

    private static byte[] shipped() {
        try (InputStream input = Objects.requireNonNull(BisectSuite.class.getResourceAsStream(RESOURCE))) {
            return input.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
