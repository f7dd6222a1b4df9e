package dev.lockstep.simulation;

import java.util.List;
import java.util.stream.Collectors;

/**
 * What one simulation found.
 *
 * @param title of the chapter
 * @param text what was simulated: one paragraph
 * @param tables to read
 * @param figures that must lie within bounds
 */
record Chapter(String title, String text, List<Table> tables, List<Figure> figures) {
    Chapter {
        tables = List.copyOf(tables);
        figures = List.copyOf(figures);
    }

    String markdown() {
        String body = tables.stream().map(Table::markdown).collect(Collectors.joining("\n"));
        return "## " + title + "\n\n" + Prose.wrapped(text) + "\n\n" + body;
    }
}
