package dev.lockstep.stack;

import dev.lockstep.lock.Layer;
import dev.lockstep.lock.LayerState;
import dev.lockstep.lock.Lock;
import dev.lockstep.lock.LockCoverage;
import dev.lockstep.lock.Standing;
import java.util.Arrays;

/** In which way each layer of the stack that answers is known, by its lock and what was verified. */
public record Standings(Lock lock, Verification verification) {

    /** Returns how a layer is known; of one that the stack has not, nothing is left to prove. */
    public Standing of(Layer layer) {
        LayerState state = lock.layer(layer);
        if (!state.applicable() || (!state.pinned().isEmpty() && verification.isProven(layer))) {
            return Standing.PINNED;
        }
        if (verification.isProven(layer) || verification.isConsistent(layer)) {
            return Standing.OBSERVED;
        }
        return state.pinned().isEmpty() && state.declared().isEmpty() ? Standing.UNKNOWN : Standing.DECLARED;
    }

    /** Counts the fields of the lock in the ways in which the stack that answers is known: what nobody saw is not pinned. */
    public LockCoverage coverage() {
        return Arrays.stream(Layer.values()).map(this::coverage).reduce(LockCoverage.none(), LockCoverage::plus);
    }

    private LockCoverage coverage(Layer layer) {
        LockCoverage locked = LockCoverage.of(lock.layer(layer));
        return switch (of(layer)) {
            case PINNED -> locked;
            case OBSERVED -> locked.pinnedAreObserved();
            case DECLARED, UNKNOWN -> locked.pinnedAreDeclared();
        };
    }
}
