package dev.lockstep.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.withinPercentage;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TwoProportionPowerTest {

    @Test
    void gives_the_power_of_r() {
        assertThat(TwoProportionPower.power(50, .5, .75, .05)).isCloseTo(.740165901331, withinPercentage(1e-7));
    }

    @ParameterizedTest
    @CsvSource({".5, .75, .9, 76.7069301101", ".7, .65, .8, 1376.29886781"})
    void gives_the_items_of_r(double first, double second, double power, double expected) {
        double items = TwoProportionPower.items(first, second, .05, power);

        // R searches the root, to a relative 2e-8; the closed form has it
        assertThat(items).isCloseTo(expected, withinPercentage(3e-6));
        assertThat(TwoProportionPower.power(items, first, second, .05)).isCloseTo(power, withinPercentage(1e-7));
    }

    @Test
    void has_answers_at_the_ends() {
        assertThat(TwoProportionPower.power(100, .4, .4, .05)).isEqualTo(.025);
        assertThat(TwoProportionPower.power(100, 0, 0, .05)).isEqualTo(.025);
        assertThat(TwoProportionPower.power(100, 0, 1, .05)).isEqualTo(1);
        assertThat(TwoProportionPower.power(1, 0, 1, .05)).isZero();
        assertThat(TwoProportionPower.items(.4, .4, .05, .8)).isEqualTo(Double.POSITIVE_INFINITY);
    }

    @Test
    void rejects_what_is_no_proportion() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TwoProportionPower.power(10, .5, 75, .05))
                .withMessage("second must lie in [0, 1], is 75.0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TwoProportionPower.power(0, .5, .6, .05))
                .withMessage("items must be positive, is 0.0");
    }
}
