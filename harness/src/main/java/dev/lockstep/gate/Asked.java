package dev.lockstep.gate;

import java.util.List;

/**
 * Everything that a run asked: its plan, and what it asked beyond, because answers differed or a test fired.
 *
 * @param confirmations in the order of their server starts: the run's own, then another
 */
public record Asked(Tonight tonight, Repeats repeats, List<Confirmation> confirmations) {
    public Asked {
        confirmations = List.copyOf(confirmations);
    }
}
