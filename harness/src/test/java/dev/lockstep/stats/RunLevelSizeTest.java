package dev.lockstep.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class RunLevelSizeTest {
    private static final double[] SEVEN = {1.1, .9, 1.3, .8, 1.0, 1.2, .7};
    private static final double LEVEL = .0125;

    @Test
    void agrees_with_what_is_detectable() {
        double seen = RunLevelT.detectable(SEVEN, LEVEL);
        RunLevelSize size = new RunLevelSize(SEVEN, LEVEL);

        assertThat(size.runs(seen * 1.0001)).hasValue(7);
        assertThat(size.items(seen)).isCloseTo(1, within(1e-9));
    }

    /** Beside quantiles of t by Simpson's rule, in plain Python. */
    @Test
    void says_how_many_runs_or_items_a_smaller_distance_takes() {
        RunLevelSize size = new RunLevelSize(SEVEN, LEVEL);

        assertThat(size.items(2)).isCloseTo(1.6621131412, within(1e-6));
        assertThat(size.items(1.8)).isCloseTo(2.2874964710, within(1e-6));
        assertThat(size.runs(2.2)).hasValue(12);
        assertThat(size.runs(2.05)).hasValue(24);
        assertThat(size.runs(1.9))
                .as("more runs alone do not make up for their spread")
                .isEmpty();
    }

    @Test
    void knows_that_nothing_is_seen_below_the_noise() {
        RunLevelSize size = new RunLevelSize(SEVEN, LEVEL);

        assertThat(size.runs(.9)).isEmpty();
        assertThat(size.items(.9)).isInfinite();
    }
}
