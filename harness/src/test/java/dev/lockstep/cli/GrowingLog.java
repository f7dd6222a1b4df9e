package dev.lockstep.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/** The log of a run that another process writes. */
final class GrowingLog {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final long LOOK_AGAIN_NANOS = 2_000_000;

    private final TestedStack stack;
    private final Path before;

    /** Must be made before the run starts, to tell it from earlier ones. */
    GrowingLog(TestedStack stack) throws IOException {
        this.stack = stack;
        this.before = stack.newestRun();
    }

    /** Waits until the log of the run that started meanwhile holds as many samples; returns the log. */
    Path await(Wrapper.Running night, int samples) throws IOException {
        Instant deadline = Instant.now().plus(PATIENCE);
        while (Instant.now().isBefore(deadline) && night.process().isAlive()) {
            Path run = stack.newestRun();
            Path log = run.resolve("run.jsonl");
            if (!run.equals(before) && Files.exists(log) && sampleLines(log).size() >= samples) {
                return log;
            }
            LockSupport.parkNanos(LOOK_AGAIN_NANOS);
        }
        throw new AssertionError("no " + samples + " samples were asked:\n" + Files.readString(night.errors()));
    }

    /** Returns the whole lines of a log that are samples. */
    static List<String> sampleLines(Path log) throws IOException {
        try (Stream<String> lines = Files.lines(log)) {
            return lines.filter(line -> line.contains("\"kind\":\"sample\"") && line.endsWith("}"))
                    .toList();
        }
    }
}
