package dev.lockstep.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.withinPercentage;

import org.apache.commons.statistics.distribution.TDistribution;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TTestPowerTest {

    @Test
    void gives_the_items_of_r() {
        double items = TTestPower.twoSampleItems(1, .05, .9);

        // R stops its search where the power is within 1e-7 of .9; the root itself is SciPy's, by its noncentral t.
        assertThat(items).isCloseTo(22.0210976979, withinPercentage(1e-5));
        assertThat(items).isCloseTo(22.021095570096936, withinPercentage(1e-7));
        assertThat(TTestPower.twoSamples(22.0210976979, 1, .05)).isCloseTo(.9, withinPercentage(1e-5));
    }

    @ParameterizedTest
    @CsvSource({"20, 1, .8689528016921271", "5000, .05, .7053310921587264"})
    void gives_the_power_of_scipy_for_two_samples(double items, double effect, double expected) {
        assertThat(TTestPower.twoSamples(items, effect, .05)).isCloseTo(expected, withinPercentage(1e-7));
    }

    @Test
    void gives_the_power_of_scipy_for_pairs() {
        assertThat(TTestPower.pairs(2, 1, .05)).isCloseTo(.09057971865059411, withinPercentage(1e-7));
        assertThat(TTestPower.pairedItems(1, .05, .9)).isCloseTo(12.585463005715873, withinPercentage(1e-7));
    }

    @ParameterizedTest
    @CsvSource({"1, 2", "3.5, -1", "40, 2.5", "100000, 3"})
    void is_the_central_t_without_an_effect(double freedom, double t) {
        assertThat(NoncentralT.survival(t, freedom, 0))
                .isCloseTo(TDistribution.of(freedom).survivalProbability(t), withinPercentage(1e-7));
    }

    @Test
    void has_half_the_level_as_power_without_an_effect() {
        assertThat(TTestPower.twoSamples(30, 0, .05)).isCloseTo(.025, withinPercentage(1e-7));
    }

    @Test
    void two_items_are_the_least() {
        assertThat(TTestPower.pairedItems(1e6, .05, .9)).isEqualTo(2);
    }

    @Test
    void rejects_too_few_items_and_no_effect() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TTestPower.pairs(1, 1, .05))
                .withMessage("degrees of freedom must be positive, is 0.0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TTestPower.twoSampleItems(0, .05, .8))
                .withMessage("effect must be positive, is 0.0");
    }
}
