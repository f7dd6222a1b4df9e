package dev.lockstep.stats;

import dev.lockstep.stats.TestResult.Reason;

/** A statistic that grows with the difference between two arms, whose labels may be permuted within strata. */
public interface TwoArmStatistic {

    /** Returns the samples by stratum and arm. */
    Strata strata();

    /**
     * Returns the value under an arrangement, always finite.
     *
     * @param order which sample stands in which place, as {@link Strata} numbers both
     */
    double of(int[] order);

    /** Returns what can be said before any arrangement is looked at. */
    Reason reason();
}
