package dev.lockstep.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;

class BenjaminiHochbergTest {
    private static final double[] EXPECTED = {
        .0015,
        .003,
        .0095,
        .035625,
        .0603,
        .0638571428571,
        .0638571428571,
        .0645,
        .0765,
        .486,
        .581181818182,
        .714875,
        .753230769231,
        .813214285714,
        1
    };

    @Test
    void gives_the_adjusted_p_values_of_the_paper() {
        double[] adjusted = BenjaminiHochberg.adjusted(HolmTest.PUBLISHED);

        for (int i = 0; i < EXPECTED.length; i++) {
            assertThat(adjusted[i]).isCloseTo(EXPECTED[i], Percentage.withPercentage(1e-7));
        }
    }

    @Test
    void keeps_the_order_of_the_input() {
        assertThat(BenjaminiHochberg.adjusted(new double[] {.04, .01, .03}))
                .containsExactly(new double[] {.04, .03, .04}, within(1e-15));
    }

    @Test
    void has_nothing_to_say_of_nothing() {
        assertThat(BenjaminiHochberg.adjusted(new double[0])).isEmpty();
    }

    @Test
    void rejects_what_is_no_p_value() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> BenjaminiHochberg.adjusted(new double[] {1.5}))
                .withMessage("p-value must lie in [0, 1], is 1.5");
    }
}
