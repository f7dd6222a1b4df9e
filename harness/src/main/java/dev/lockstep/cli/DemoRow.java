package dev.lockstep.cli;

import dev.lockstep.lock.Layer;
import dev.lockstep.report.VerdictSummary;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * One change of the demo, and what must come of it.
 *
 * @param layer the layer that the verdict must name; empty when it names none
 * @param verdictFile the file that tells what came of it
 */
record DemoRow(String change, String expectedVerdict, Optional<Layer> layer, Path verdictFile) {

    /** Returns whether the verdict file says what it must. */
    boolean isAsExpected(VerdictSummary actual) {
        return actual.verdict().equals(expectedVerdict)
                && layer.map(expected -> names(actual, expected)).orElse(true);
    }

    /** A broken lock names exactly what moved; a drift names all that can have moved. */
    private boolean names(VerdictSummary actual, Layer expected) {
        return expectedVerdict.equals("LOCK_BROKEN")
                ? actual.layers().equals(List.of(expected))
                : actual.layers().contains(expected);
    }
}
