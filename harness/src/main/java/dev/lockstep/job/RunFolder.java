package dev.lockstep.job;

import java.nio.file.Files;
import java.nio.file.Path;

/** Where the files of one run lie. */
public record RunFolder(Path path) {

    /** Returns the log that a user means, who names it or the folder of its run. */
    public static Path logAt(Path logOrFolder) {
        return Files.isDirectory(logOrFolder) ? new RunFolder(logOrFolder).log() : logOrFolder;
    }

    public Path log() {
        return path.resolve("run.jsonl");
    }

    public Path verdict() {
        return path.resolve("verdict.json");
    }

    Path trend() {
        return path.resolve("trend.json");
    }

    public Path report() {
        return path.resolve("report.html");
    }

    public Path summary() {
        return path.resolve("summary.md");
    }

    public Path allure() {
        return path.resolve("allure-results");
    }

    /** There when the run was kept as a candidate for a baseline. */
    Path recorded() {
        return path.resolve("recorded");
    }

    /** Returns whether something was made of the run: a verdict, or a candidate for a baseline. */
    boolean isFinished() {
        return Files.exists(verdict()) || Files.exists(recorded());
    }

    public String runId() {
        return path.getFileName().toString();
    }
}
