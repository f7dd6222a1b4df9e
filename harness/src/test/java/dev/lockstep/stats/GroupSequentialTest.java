package dev.lockstep.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GroupSequentialTest {

    @Test
    void reproduces_the_published_bounds_of_five_looks() {
        assertThat(GroupSequential.obrienFleming(5, .05))
                .containsExactly(new double[] {4.56, 3.23, 2.63, 2.28, 2.04}, within(.006));
        assertThat(GroupSequential.pocock(5, .05))
                .containsExactly(new double[] {2.41, 2.41, 2.41, 2.41, 2.41}, within(.006));
    }

    @ParameterizedTest
    @CsvSource({"1, 1.960", "2, 2.178", "3, 2.289", "4, 2.361", "5, 2.413", "8, 2.512", "10, 2.555"})
    void reproduces_the_constants_of_pocock(int looks, double constant) {
        assertThat(GroupSequential.pocock(looks, .05)[0]).isCloseTo(constant, within(5e-4));
    }

    @ParameterizedTest
    @CsvSource({"1, 1.960", "2, 1.977", "3, 2.004", "4, 2.024", "5, 2.040", "8, 2.072", "10, 2.087"})
    void reproduces_the_constants_of_obrien_and_fleming(int looks, double constant) {
        assertThat(GroupSequential.obrienFleming(looks, .05)[looks - 1]).isCloseTo(constant, within(5e-4));
    }

    /** By Gauss and Legendre's rule with 80 places a look, in plain Python. */
    @Test
    void agrees_with_another_rule_of_integration() {
        assertThat(GroupSequential.pocock(2, .05)[0]).isCloseTo(2.1782720887, within(1e-7));
        assertThat(GroupSequential.pocock(5, .05)[0]).isCloseTo(2.4131762201, within(1e-7));
        assertThat(GroupSequential.obrienFleming(5, .05)[4]).isCloseTo(2.0400731748, within(1e-7));
        assertThat(GroupSequential.crossing(GroupSequential.pocock(5, .05), 3))
                .containsExactly(
                        new double[] {.1420511077, .1919463334, .1796254645, .1465043101, .1104127622}, within(1e-7));
        assertThat(GroupSequential.crossing(GroupSequential.obrienFleming(5, .05), 3))
                .containsExactly(
                        new double[] {.0006407278, .0914410263, .2895779048, .2834640514, .1760627203}, within(1e-7));
    }

    @Test
    void spends_the_level_and_no_more() {
        assertThat(Arrays.stream(GroupSequential.crossing(GroupSequential.pocock(20, .01), 0))
                        .sum())
                .isCloseTo(.01, within(1e-8));
        assertThat(Arrays.stream(GroupSequential.crossing(GroupSequential.obrienFleming(4, .1), 0))
                        .sum())
                .isCloseTo(.1, within(1e-8));
    }

    @Test
    void sees_a_change_sooner_by_pocock_and_more_surely_by_obrien_and_fleming() {
        double drift = 3;

        double[] early = GroupSequential.crossing(GroupSequential.pocock(5, .05), drift);
        double[] late = GroupSequential.crossing(GroupSequential.obrienFleming(5, .05), drift);

        assertThat(early[0]).isGreaterThan(late[0]);
        assertThat(Arrays.stream(late).sum()).isGreaterThan(Arrays.stream(early).sum());
    }

    @Test
    void rejects_what_it_is_not_made_for() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> GroupSequential.pocock(21, .05))
                .withMessage("looks must be 1 to 20, are 21");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> GroupSequential.obrienFleming(0, .05))
                .withMessage("looks must be 1 to 20, are 0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> GroupSequential.pocock(5, 1))
                .withMessage("alpha must lie between 0 and 1, both excluded; is 1.0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> GroupSequential.crossing(new double[] {2, 0}, 0))
                .withMessage("bound must be positive, is 0.0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> GroupSequential.crossing(new double[] {2}, Double.NaN))
                .withMessage("drift[0] must be a finite number, is NaN");
    }
}
