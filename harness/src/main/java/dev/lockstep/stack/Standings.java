package dev.lockstep.stack;

import dev.lockstep.lock.Check;
import dev.lockstep.lock.Layer;
import dev.lockstep.lock.LayerState;
import dev.lockstep.lock.Lock;
import dev.lockstep.lock.Standing;
import java.util.List;

/** In which way each layer of the stack that answers is known, by its lock and what was verified. */
public record Standings(Lock lock, Verification verification) {

    /** Returns how a layer is known; of one that the stack has not, nothing is left to prove. */
    public Standing of(Layer layer) {
        LayerState state = lock.layer(layer);
        if (!state.applicable() || (!state.pinned().isEmpty() && verification.isProven(layer))) {
            return Standing.PINNED;
        }
        if (verification.isProven(layer) || isSaidByServer(layer)) {
            return Standing.OBSERVED;
        }
        return state.pinned().isEmpty() && state.declared().isEmpty() ? Standing.UNKNOWN : Standing.DECLARED;
    }

    private boolean isSaidByServer(Layer layer) {
        List<Check> live = verification.checks().stream()
                .filter(check -> check.layer() == layer && check.step() == Check.Step.LIVE)
                .toList();
        return !live.isEmpty() && live.stream().allMatch(check -> check.outcome() == Check.Outcome.MATCH);
    }
}
