package dev.lockstep.junit;

import dev.lockstep.job.RunFolder;
import dev.lockstep.job.RunOutcome;
import dev.lockstep.job.RunResult;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.platform.engine.TestDescriptor;
import org.junit.platform.engine.reporting.FileEntry;
import org.junit.platform.engine.reporting.ReportEntry;

/**
 * What JUnit's reports carry of a verdict: an entry, and the report files.
 *
 * @param scope which cases it is about
 */
record VerdictReport(RunOutcome outcome, String scope) {

    void publish(TestDescriptor node, EvalContext context) {
        context.listener().reportingEntryPublished(node, ReportEntry.from(entry()));
        RunFolder folder = outcome.folder();
        Map<Path, String> files = new LinkedHashMap<>();
        files.put(folder.verdict(), "application/json");
        files.put(folder.report(), "text/html");
        files.put(folder.summary(), "text/markdown");
        try {
            Path directory = context.outputs().createOutputDirectory(node);
            for (Map.Entry<Path, String> file : files.entrySet()) {
                context.listener().fileEntryPublished(node, copy(file.getKey(), directory, file.getValue()));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the reports in " + folder.path() + " cannot be copied", e);
        }
    }

    private static FileEntry copy(Path file, Path directory, String type) throws IOException {
        Path copy = directory.resolve(file.getFileName());
        return FileEntry.from(Files.copy(file, copy, StandardCopyOption.REPLACE_EXISTING), type);
    }

    private Map<String, String> entry() {
        RunResult result = outcome.result();
        RunResult.Counts counts = result.counts();
        Map<String, String> entry = new LinkedHashMap<>();
        entry.put("verdict", result.verdict().name());
        entry.put("scope", scope);
        entry.put(
                "samples",
                counts.planned() + " planned, " + counts.answered() + " answered, " + counts.refused() + " refused, "
                        + counts.failed() + " failed");
        entry.put("reasons", String.join("\n", result.verdict().reasons()));
        entry.put("report", outcome.folder().report().toString());
        return entry;
    }
}
