package dev.lockstep.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.withinPercentage;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PassAtKTest {

    @ParameterizedTest
    @CsvSource({"10, 3, 5, .916666666667", "200, 13, 10, .497551114731", "5, 3, 3, 1", "5, 0, 2, 0", "4, 4, 4, 1"})
    void gives_the_published_chance_of_one_success(int tries, int successes, int k, double expected) {
        assertThat(PassAtK.passAtK(tries, successes, k)).isCloseTo(expected, withinPercentage(1e-7));
    }

    @ParameterizedTest
    @CsvSource({"8, 6, 4, .214285714286", "8, 3, 4, 0", "8, 8, 8, 1", "8, 6, 1, .75"})
    void gives_the_published_chance_of_only_successes(int tries, int successes, int k, double expected) {
        assertThat(PassAtK.passHatK(tries, successes, k)).isCloseTo(expected, withinPercentage(1e-7));
    }

    @Test
    void stays_a_number_with_many_tries() {
        assertThat(PassAtK.passAtK(1_000_000, 10, 500_000)).isBetween(.999, 1.0);
        assertThat(PassAtK.passHatK(1_000_000, 999_999, 500_000)).isCloseTo(.5, withinPercentage(1e-6));
    }

    @Test
    void rejects_more_tries_than_were_recorded() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PassAtK.passAtK(4, 2, 5))
                .withMessage("k must lie in [1, 4], the recorded tries; is 5");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PassAtK.passHatK(4, 2, 0))
                .withMessage("k must lie in [1, 4], the recorded tries; is 0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PassAtK.passHatK(4, 5, 1))
                .withMessage("a proportion needs successes of at least one trial, has 5 of 4");
    }
}
