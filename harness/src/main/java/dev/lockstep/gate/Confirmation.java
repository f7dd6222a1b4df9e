package dev.lockstep.gate;

import dev.lockstep.run.SampleKey;
import java.util.Collection;
import java.util.List;

/**
 * Fresh answers to what a test fired on, all of one server start.
 *
 * @param epoch the server start
 * @param passes the same samples, asked {@value #PASSES} times, in the order of asking
 */
public record Confirmation(String epoch, List<Tonight> passes) {
    /** How often a confirmation asks: twice the samples of the run. */
    public static final int PASSES = 2;

    public Confirmation {
        passes = List.copyOf(passes);
    }

    /** Returns whether the server start is that of a run. */
    boolean isOf(Tonight run) {
        return epoch.equals(run.log().header().epoch());
    }

    /** Returns whether every pass got an end of all these samples; one that was cut short did not. */
    boolean holds(Collection<SampleKey> keys) {
        return passes.size() == PASSES
                && passes.stream().allMatch(pass -> keys.stream().allMatch(pass::holds));
    }
}
