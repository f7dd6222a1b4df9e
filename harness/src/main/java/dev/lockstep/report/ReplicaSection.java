package dev.lockstep.report;

import dev.lockstep.job.RunResult;
import java.util.List;

/** The servers behind an endpoint, each verified on its own. */
final class ReplicaSection {
    private ReplicaSection() {}

    /** Returns the table; nothing where the servers are not listed. */
    static Html html(RunResult result) {
        List<Table.Row> rows = ReplicaRow.all(result).stream()
                .map(row -> Table.row(
                        row.status().equals("silent") ? "unverifiable" : row.status(),
                        Html.text(row.state().name()),
                        Html.text(row.state().told()),
                        Sections.code(row.state().url().toString()),
                        Html.text(row.samples())))
                .toList();
        if (rows.isEmpty()) {
            return Html.nothing();
        }
        Table table = new Table(
                "Servers in the order of stack.yaml", List.of("Replica", "Verified as", "Address", "Samples"), rows);
        return Sections.section(
                "replicas",
                "Replicas",
                "Each server behind the endpoint was verified on its own. A case is always asked of the same one.",
                table.html());
    }
}
