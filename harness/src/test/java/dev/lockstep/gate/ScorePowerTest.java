package dev.lockstep.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.lockstep.stats.MeanEstimate;
import org.junit.jupiter.api.Test;

final class ScorePowerTest {
    private static final Goal TWO_POINTS = new Goal(.02, .8);

    /** One of n cases moves with the chance 1 − (1 − loss)ⁿ: .8 for a loss of 2 % and 79.7 cases. */
    @Test
    void finds_one_case_where_scores_repeat() {
        ScorePower test = new ScorePower.Repeating(80);

        assertThat(test.smallest(.8)).isCloseTo(.0199, within(1e-4));
        assertThat(test.pass(.02)).isEqualTo(1);
        assertThat(test.needed(TWO_POINTS)).isEqualTo(80);
        assertThat(test.needed(new Goal(.02, .99))).isEqualTo(228);
    }

    /** t at 9 degrees of freedom: 2.2622 for a two-sided level of .05, .8834 for a power of .8. */
    @Test
    void finds_a_mean_beyond_the_spread_of_runs() {
        ScorePower test = new ScorePower.ByRuns(100, new MeanEstimate(0, .01, 9), .05);

        assertThat(test.basis()).isEqualTo("run-level t, 10 runs");
        assertThat(test.smallest(.8)).isCloseTo(.031456, within(1e-6));
        assertThat(test.needed(TWO_POINTS)).isEqualTo(248);
        assertThat(test.needed(new Goal(.0315, .8))).isEqualTo(100);
    }

    @Test
    void passes_an_unchanged_mean_more_surely_with_a_wider_margin() {
        ScorePower test = new ScorePower.ByRuns(100, new MeanEstimate(0, .01, 9), .05);

        assertThat(test.pass(.02)).isCloseTo(.580, within(1e-3));
        assertThat(test.pass(.05)).isGreaterThan(.99);
        assertThat(test.pass(1e-9)).isCloseTo(.05, within(1e-6));
    }
}
