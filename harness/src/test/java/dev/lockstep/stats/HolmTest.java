package dev.lockstep.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;

class HolmTest {
    /** The p-values of Benjamini and Hochberg, 1995. */
    static final double[] PUBLISHED = {
        .0001, .0004, .0019, .0095, .0201, .0278, .0298, .0344, .0459, .324, .4262, .5719, .6528, .759, 1
    };

    private static final double[] HOLM = {.0015, .0056, .0247, .114, .2211, .278, .278, .278, .3213, 1, 1, 1, 1, 1, 1};

    @Test
    void gives_the_adjusted_p_values_of_r() {
        double[] adjusted = Holm.adjusted(PUBLISHED);

        for (int i = 0; i < HOLM.length; i++) {
            assertThat(adjusted[i]).isCloseTo(HOLM[i], Percentage.withPercentage(1e-7));
        }
    }

    @Test
    void keeps_the_order_of_the_input() {
        assertThat(Holm.adjusted(new double[] {.04, .01, .03}))
                .containsExactly(new double[] {.06, .03, .06}, within(1e-15));
    }

    @Test
    void shares_the_level_by_weights() {
        // .02 / .75 comes before .01 / .25; after it the other has the whole level.
        assertThat(Holm.adjusted(new double[] {.01, .02}, new double[] {1, 3}))
                .containsExactly(new double[] {.02 / .75, .02 / .75}, within(1e-15));
        assertThat(Holm.adjusted(new double[] {.01, .02}, new double[] {3, 1}))
                .containsExactly(new double[] {.01 / .75, .02}, within(1e-15));
    }

    @Test
    void never_rejects_without_weight() {
        assertThat(Holm.adjusted(new double[] {0, .02}, new double[] {0, 2})).containsExactly(1, .02);
        assertThat(Holm.adjusted(new double[] {0}, new double[] {0})).containsExactly(1);
    }

    @Test
    void has_nothing_to_say_of_nothing() {
        assertThat(Holm.adjusted(new double[0])).isEmpty();
    }

    @Test
    void rejects_what_is_no_p_value_or_weight() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Holm.adjusted(new double[] {Double.NaN}))
                .withMessage("p-value must lie in [0, 1], is NaN");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Holm.adjusted(new double[] {.5}, new double[] {-1}))
                .withMessage("weight must not be negative, is -1.0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Holm.adjusted(new double[] {.5}, new double[2]))
                .withMessage("p-values and weights must have the same length, have 1 and 2");
    }
}
