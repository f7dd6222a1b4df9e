package dev.lockstep.report;

import java.util.ArrayList;
import java.util.List;

/**
 * A table whose first column names its rows.
 *
 * <p>On a narrow screen the style sheet turns each row into a block and shows the column titles beside the cells; the
 * roles keep it a table for screen readers even then.
 */
record Table(String caption, List<String> titles, List<Row> rows) {

    Table {
        titles = List.copyOf(titles);
        rows = List.copyOf(rows);
    }

    /** A row; {@code mark} is its class in the style sheet and may be empty. */
    record Row(String mark, List<Html> cells) {
        Row {
            cells = List.copyOf(cells);
        }
    }

    static Row row(String mark, Html... cells) {
        return new Row(mark, List.of(cells));
    }

    Html html() {
        List<Html> head = titles.stream()
                .map(title -> (Html) Html.tag("th", title).with("scope", "col").with("role", "columnheader"))
                .toList();
        List<Html> body = rows.stream().map(this::html).toList();
        return Html.tag(
                        "table",
                        Html.tag("caption", caption),
                        Html.tag("thead", Html.tag("tr", head).with("role", "row"))
                                .with("role", "rowgroup"),
                        Html.tag("tbody", body).with("role", "rowgroup"))
                .with("role", "table");
    }

    private Html html(Row row) {
        List<Html> cells = new ArrayList<>();
        cells.add(Html.tag("th", row.cells().getFirst()).with("scope", "row").with("role", "rowheader"));
        for (int column = 1; column < row.cells().size(); column++) {
            cells.add(Html.tag("td", row.cells().get(column))
                    .with("role", "cell")
                    .with("data-title", titles.get(column)));
        }
        Html.Element line = Html.tag("tr", cells).with("role", "row");
        return row.mark().isEmpty() ? line : line.classed(row.mark());
    }
}
