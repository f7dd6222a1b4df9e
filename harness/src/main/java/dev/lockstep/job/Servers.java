package dev.lockstep.job;

import dev.lockstep.run.Plan;
import dev.lockstep.run.Runner;
import dev.lockstep.run.Spread;

/**
 * Who answers samples.
 *
 * @param epoch names the starts of all of them
 */
record Servers(Spread spread, String epoch) {

    /** Returns what asks them the samples of a plan. */
    Runner runner(LockedStack stack, Plan plan) {
        return new Runner(spread, plan.template(), epoch, Forcings.of(stack, plan, spread));
    }
}
