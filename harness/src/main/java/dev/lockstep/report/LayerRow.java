package dev.lockstep.report;

import dev.lockstep.job.RunResult;
import dev.lockstep.lock.Check;
import dev.lockstep.lock.Layer;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * One of the thirteen layers, with what was found of it.
 *
 * @param checks the layer's checks, the most serious first
 */
record LayerRow(Layer layer, Status status, List<Check> checks) {

    LayerRow {
        checks = List.copyOf(checks);
    }

    /** How a layer stands, the most serious first. */
    enum Status {
        MOVED("moved"),
        SUSPECTED("suspected"),
        WARNING("differs (warns)"),
        UNVERIFIABLE("unverifiable"),
        NOT_CHECKED("not checked"),
        MATCH("match");

        private final String words;

        Status(String words) {
            this.words = words;
        }

        String words() {
            return words;
        }

        /** Returns whether a reader must look at it first. */
        boolean alarms() {
            return this == MOVED || this == SUSPECTED;
        }
    }

    /** Returns all layers in their order; one without a check is {@code NOT_CHECKED}. */
    static List<LayerRow> all(RunResult result) {
        return Arrays.stream(Layer.values()).map(layer -> of(layer, result)).toList();
    }

    /** Returns the check that explains the status best. */
    Optional<Check> telling() {
        return checks.stream().findFirst();
    }

    private static LayerRow of(Layer layer, RunResult result) {
        List<Check> checks = result.checks().stream()
                .filter(check -> check.layer() == layer)
                .sorted(Comparator.comparing(LayerRow::status))
                .toList();
        Status worst = checks.isEmpty() ? Status.NOT_CHECKED : status(checks.getFirst());
        boolean named = result.verdict().layers().contains(layer);
        return new LayerRow(layer, named && worst != Status.MOVED ? Status.SUSPECTED : worst, checks);
    }

    private static Status status(Check check) {
        return switch (check.outcome()) {
            case MATCH -> Status.MATCH;
            case UNVERIFIABLE -> Status.UNVERIFIABLE;
            case NOT_CHECKED -> Status.NOT_CHECKED;
            case MISMATCH ->
                switch (check.policy()) {
                    case PIN -> Status.MOVED;
                    case WARN -> Status.WARNING;
                    case IGNORE -> Status.MATCH;
                };
        };
    }
}
