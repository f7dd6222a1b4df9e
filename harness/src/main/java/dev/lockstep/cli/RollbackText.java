package dev.lockstep.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lockstep.job.RollbackReport;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Whether an earlier lock can be served again, for people and for machines. */
record RollbackText(RollbackReport report) {

    String text() {
        List<String> lines = new ArrayList<>();
        for (RollbackReport.Item item : report.items()) {
            lines.add(String.format(Locale.ROOT, "%-11s %-10s %s", word(item.state()), item.part(), item.reason()));
            if (!item.remedy().isEmpty()) {
                lines.add(String.format(Locale.ROOT, "%-11s %-10s -> %s", "", "", item.remedy()));
            }
        }
        lines.add(report.state() + parts() + ": " + report.lock());
        return String.join("\n", lines);
    }

    /** Names the parts that are as bad as the whole. */
    private String parts() {
        return report.state() == RollbackReport.State.READY
                ? ""
                : report.items().stream()
                        .filter(item -> item.state().compareTo(RollbackReport.State.DEGRADED) >= 0)
                        .map(RollbackReport.Item::part)
                        .distinct()
                        .collect(Collectors.joining(", ", " (", ")"));
    }

    int exitCode() {
        return switch (report.state()) {
            case READY, NOT_NEEDED -> ExitCode.OK;
            case DEGRADED -> ExitCode.UNVERIFIABLE;
            case IMPOSSIBLE -> ExitCode.LOCK_BROKEN;
        };
    }

    ObjectNode json() {
        ObjectNode root = JsonNodeFactory.instance
                .objectNode()
                .put("lockId", report.lock().value())
                .put("state", report.state().name());
        ArrayNode items = root.putArray("items");
        report.items()
                .forEach(item -> items.addObject()
                        .put("part", item.part())
                        .put("state", item.state().name())
                        .put("reason", item.reason())
                        .put("remedy", item.remedy()));
        return root;
    }

    private static String word(RollbackReport.State state) {
        return state == RollbackReport.State.NOT_NEEDED ? "-" : state.name();
    }
}
