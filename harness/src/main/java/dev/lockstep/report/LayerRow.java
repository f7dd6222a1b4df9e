package dev.lockstep.report;

import dev.lockstep.job.RunResult;
import dev.lockstep.lock.Check;
import dev.lockstep.lock.Layer;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

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
        NOT_RULED_OUT("not ruled out"),
        WARNING("differs (warns)"),
        UNVERIFIABLE("unverifiable"),
        NOT_CHECKED("not checked"),
        DECLARED("declared, not proved"),
        MATCH("match"),
        NOT_APPLICABLE("not applicable");

        private final String words;

        Status(String words) {
            this.words = words;
        }

        String words() {
            return words;
        }

        /** Returns whether a reader must look at it first. */
        boolean alarms() {
            return this == MOVED || this == NOT_RULED_OUT;
        }

        /** Returns whether the checks agree, so that none of them stands out. */
        boolean agrees() {
            return this == MATCH || this == NOT_APPLICABLE;
        }
    }

    /** Returns all layers in their order; one that the stack has, but nothing looked at, is {@code NOT_CHECKED}. */
    static List<LayerRow> all(RunResult result) {
        return Arrays.stream(Layer.values()).map(layer -> of(layer, result)).toList();
    }

    /** Returns the check that explains the status best; empty when all match, for then none stands out. */
    Optional<Check> telling() {
        return status.agrees() ? Optional.empty() : checks.stream().findFirst();
    }

    /** Returns how much of the layer was compared, where no check stands out; empty when nothing was. */
    String extent() {
        long fields = checks.stream().map(Check::field).distinct().count();
        return fields == 0 ? "" : "fields: " + fields;
    }

    /** Returns what came of it, where no check stands out; empty when nothing was compared. */
    String agreement() {
        return checks.isEmpty() ? "" : "equal";
    }

    /** Returns where it was looked for, in the order of the steps; or why nowhere. */
    String steps() {
        if (checks.isEmpty()) {
            return status == Status.NOT_APPLICABLE ? "the stack has no such layer" : "nothing tells of it";
        }
        return checks.stream()
                .map(Check::step)
                .distinct()
                .sorted()
                .map(step -> step.name().toLowerCase(Locale.ROOT))
                .collect(Collectors.joining(", "));
    }

    private static LayerRow of(Layer layer, RunResult result) {
        List<Check> checks = result.checks().stream()
                .filter(check -> check.layer() == layer)
                .sorted(Comparator.comparing(LayerRow::status))
                .toList();
        Status worst = worst(layer, checks, result.absent().contains(layer));
        boolean named = result.verdict().layers().contains(layer);
        return new LayerRow(layer, named && worst != Status.MOVED ? Status.NOT_RULED_OUT : worst, checks);
    }

    private static Status worst(Layer layer, List<Check> checks, boolean absent) {
        if (checks.isEmpty()) {
            return absent ? Status.NOT_APPLICABLE : Status.NOT_CHECKED;
        }
        Status worst = status(checks.getFirst());
        return worst == Status.MATCH && isDeclared(layer, checks) ? Status.DECLARED : worst;
    }

    /** A word of stack.yaml that equals the word in the lock tells nothing of the server. */
    private static boolean isDeclared(Layer layer, List<Check> checks) {
        return layer != Layer.PROVENANCE && checks.stream().allMatch(check -> check.step() == Check.Step.STATIC);
    }

    private static Status status(Check check) {
        if (check.policy() == Check.Policy.IGNORE) {
            return Status.MATCH;
        }
        return switch (check.outcome()) {
            case MATCH -> Status.MATCH;
            case UNVERIFIABLE -> Status.UNVERIFIABLE;
            case NOT_CHECKED -> Status.NOT_CHECKED;
            case MISMATCH -> check.policy().isStrict() ? Status.MOVED : Status.WARNING;
        };
    }
}
