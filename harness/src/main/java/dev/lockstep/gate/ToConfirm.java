package dev.lockstep.gate;

import dev.lockstep.run.SampleKey;
import java.util.List;

/**
 * What a run must ask afresh before it is judged, {@value Confirmation#PASSES} times.
 *
 * @param keys empty when fresh answers would change nothing
 */
public record ToConfirm(Start start, List<SampleKey> keys) {
    public ToConfirm {
        keys = List.copyOf(keys);
    }

    /** Which server start is to answer. */
    public enum Start {
        /** The run's own: does it persist? */
        SAME,
        /** Another of the same stack, where one may be had: is it the whole stack? */
        OTHER
    }
}
