package dev.lockstep.report;

import dev.lockstep.job.RunResult;
import dev.lockstep.lock.Check;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The thirteen layers: what was locked, what was found, and where it was looked for. */
final class LayerSection {
    private LayerSection() {}

    /** Returns the table; nothing when the stack was not reached, for then no layer was looked at. */
    static Html html(RunResult result) {
        if (result.checks().isEmpty()) {
            return Html.nothing();
        }
        List<Table.Row> rows = new ArrayList<>();
        for (LayerRow row : LayerRow.all(result)) {
            rows.add(Table.row(
                    row.status().name().toLowerCase(Locale.ROOT),
                    Html.text(row.layer().key()),
                    state(row.status()),
                    row.telling().map(check -> Sections.code(check.expected())).orElse(Html.text(row.extent())),
                    row.telling().map(check -> Sections.code(check.actual())).orElse(Html.text(row.agreement())),
                    evidence(row)));
        }
        Table table = new Table(
                "Layers in the order of a prompt's way to an answer",
                List.of("Layer", "State", "Locked", "Found", "Evidence"),
                rows);
        return Sections.section(
                "layers",
                "Layers",
                "Each row shows the most serious of its layer's checks. A step is where it looked: static (stack.yaml against the"
                        + " lock), disk, process, live (what the server says), render (the prompts it makes), sampling.",
                table.html());
    }

    private static Html state(LayerRow.Status status) {
        String mark =
                switch (status) {
                    case MOVED -> "✕";
                    case NOT_RULED_OUT -> "?";
                    case WARNING -> "△";
                    case UNVERIFIABLE, NOT_CHECKED -> "·";
                    case DECLARED -> "○";
                    case MATCH -> "✓";
                    case NOT_APPLICABLE -> "–";
                };
        return Html.all(
                Html.tag("span", mark).classed("mark").with("aria-hidden", "true"), Html.text(" " + status.words()));
    }

    private static Html evidence(LayerRow row) {
        Html first = Html.text(row.telling().map(LayerSection::sentence).orElse(row.steps()));
        if (row.checks().size() <= 1) {
            return first;
        }
        List<Html> lines = row.checks().stream().map(LayerSection::line).toList();
        Html all = Html.tag(
                "details", Html.tag("summary", "all " + row.checks().size() + " checks"), Html.tag("ul", lines));
        return Html.all(first, all);
    }

    private static String sentence(Check check) {
        String where = check.place() + ", " + check.field();
        return check.note().isEmpty() ? where : where + ": " + check.note();
    }

    private static Html line(Check check) {
        String outcome = check.outcome().name().toLowerCase(Locale.ROOT).replace('_', ' ');
        return Html.tag(
                "li",
                Html.text(outcome + " (" + sentence(check) + ") locked "),
                Sections.code(check.expected()),
                Html.text(", found "),
                Sections.code(check.actual()));
    }
}
