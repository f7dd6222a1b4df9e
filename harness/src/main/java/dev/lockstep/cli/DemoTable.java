package dev.lockstep.cli;

import dev.lockstep.lock.Layer;
import dev.lockstep.report.VerdictJson;
import dev.lockstep.report.VerdictSummary;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** The end of the demo: every change with its verdict, read back from the verdict files. */
record DemoTable(List<DemoRow> rows) {
    private static final String FORM = "%-58s %-13s %4s  %s";

    DemoTable {
        rows = List.copyOf(rows);
    }

    String text() {
        List<String> lines = new ArrayList<>();
        lines.add(String.format(Locale.ROOT, FORM, "change", "verdict", "exit", "layer named"));
        for (DemoRow row : rows) {
            VerdictSummary actual = VerdictJson.read(row.verdictFile());
            lines.add(String.format(
                            Locale.ROOT,
                            FORM,
                            row.change(),
                            actual.verdict(),
                            actual.exitCode(),
                            actual.layers().stream().map(Layer::key).collect(Collectors.joining(", ")))
                    .stripTrailing());
        }
        return String.join("\n", lines);
    }

    /** Returns what came out otherwise than it must, one sentence a row. */
    List<String> surprises() {
        return rows.stream()
                .filter(row -> !row.isAsExpected(VerdictJson.read(row.verdictFile())))
                .map(row -> row.change() + ": expected " + row.expectedVerdict()
                        + row.layer().map(layer -> " naming " + layer.key()).orElse("") + ", see " + row.verdictFile())
                .toList();
    }
}
