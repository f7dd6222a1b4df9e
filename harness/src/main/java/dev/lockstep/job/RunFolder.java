package dev.lockstep.job;

import java.nio.file.Path;

/** Where the files of one run lie. */
public record RunFolder(Path path) {

    public Path log() {
        return path.resolve("run.jsonl");
    }

    public Path verdict() {
        return path.resolve("verdict.json");
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

    public String runId() {
        return path.getFileName().toString();
    }
}
