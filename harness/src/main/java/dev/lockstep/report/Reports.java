package dev.lockstep.report;

import dev.lockstep.job.RunFolder;
import dev.lockstep.job.RunOutcome;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Writes every report of a run into its folder. */
public final class Reports {

    private Reports() {}

    /** The verdict file comes first: it is there even when a later report cannot be written. */
    public static void write(RunOutcome outcome) {
        RunFolder folder = outcome.folder();
        write(folder.verdict(), VerdictJson.text(outcome.result()));
        write(folder.summary(), MarkdownSummary.text(outcome.result()));
        String report = DriftReport.html(outcome.result(), outcome.tonight(), outcome.baseline(), outcome.cases());
        write(folder.report(), report);
        AllureWriter.write(outcome, report);
    }

    private static void write(Path file, String text) {
        try {
            Files.createDirectories(file.getParent());
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(file + ": cannot be written", e);
        }
    }
}
