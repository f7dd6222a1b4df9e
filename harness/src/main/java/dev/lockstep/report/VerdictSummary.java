package dev.lockstep.report;

import dev.lockstep.gate.Verdict;
import dev.lockstep.lock.Layer;
import java.util.List;
import java.util.Optional;

/**
 * What a {@code verdict.json} says in short.
 *
 * @param verdict the name: {@code LOCK_BROKEN}
 * @param scope of a drift; empty with every other verdict
 */
public record VerdictSummary(
        String verdict, int exitCode, List<Layer> layers, List<String> reasons, Optional<Verdict.Scope> scope) {

    public VerdictSummary {
        layers = List.copyOf(layers);
        reasons = List.copyOf(reasons);
    }
}
