package dev.lockstep.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;

class DivergenceTest {
    private static final double[] P = {.7, .2, .1};
    private static final double[] Q = {.6, .25, .15};

    @Test
    void gives_the_published_values() {
        assertThat(Divergence.kullbackLeibler(P, Q)).isCloseTo(.0227302548054, Percentage.withPercentage(1e-7));
        assertThat(Divergence.totalVariation(P, Q)).isCloseTo(.1, within(1e-15));
        assertThat(Divergence.jensenShannon(P, Q)).isCloseTo(.00583367803717, Percentage.withPercentage(1e-7));
    }

    @Test
    void is_zero_between_equal_distributions() {
        assertThat(Divergence.kullbackLeibler(P, P)).isZero();
        assertThat(Divergence.totalVariation(P, P)).isZero();
        assertThat(Divergence.jensenShannon(P, P)).isZero();
    }

    @Test
    void knows_what_excludes_what() {
        double[] sure = {1, 0};
        double[] other = {0, 1};

        assertThat(Divergence.kullbackLeibler(sure, other)).isInfinite();
        assertThat(Divergence.kullbackLeibler(sure, new double[] {.5, .5})).isCloseTo(Math.log(2), within(1e-15));
        assertThat(Divergence.totalVariation(sure, other)).isEqualTo(1);
        assertThat(Divergence.jensenShannon(sure, other)).isCloseTo(Math.log(2), within(1e-15));
    }

    @Test
    void needs_distributions_over_the_same_outcomes() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Divergence.totalVariation(P, new double[2]))
                .withMessage("p and q must have the same length, have 3 and 2");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Divergence.jensenShannon(P, new double[] {1, Double.NaN, 0}))
                .withMessage("q[1] must be a finite number, is NaN");
    }
}
