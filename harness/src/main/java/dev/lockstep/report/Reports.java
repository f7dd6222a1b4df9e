package dev.lockstep.report;

import dev.lockstep.document.AtomicFile;
import dev.lockstep.job.RunFolder;
import dev.lockstep.job.RunOutcome;

/** Writes every report of a run into its folder. */
public final class Reports {

    private Reports() {}

    /** The verdict file comes first: it is there even when a later report cannot be written. */
    public static void write(RunOutcome outcome) {
        RunFolder folder = outcome.folder();
        AtomicFile.write(folder.verdict(), VerdictJson.text(outcome.result()));
        AtomicFile.write(folder.summary(), MarkdownSummary.text(outcome.result()));
        String report = DriftReport.html(outcome.result(), outcome.tonight(), outcome.baseline(), outcome.cases());
        AtomicFile.write(folder.report(), report);
        AllureWriter.write(outcome, report);
    }
}
