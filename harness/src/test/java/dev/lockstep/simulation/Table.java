package dev.lockstep.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A table for people.
 *
 * @param caption says what is in it
 * @param columns their names
 * @param rows cells of each row, as many as columns
 */
record Table(String caption, List<String> columns, List<List<String>> rows) {
    Table {
        columns = List.copyOf(columns);
        rows = rows.stream().map(List::copyOf).toList();
    }

    /** Returns the table in Markdown. */
    String markdown() {
        List<List<String>> lines = new ArrayList<>();
        lines.add(columns);
        lines.add(columns.stream().map(column -> "---").toList());
        lines.addAll(rows);
        return Prose.wrapped(caption) + "\n\n" + lines.stream().map(Table::line).collect(Collectors.joining());
    }

    private static String line(List<String> cells) {
        return cells.stream().collect(Collectors.joining(" | ", "| ", " |\n"));
    }
}
