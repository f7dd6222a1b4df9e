package dev.lockstep.job;

import dev.lockstep.run.Spread;

/**
 * Who answers samples.
 *
 * @param epoch names the starts of all of them
 */
record Servers(Spread spread, String epoch) {}
