package dev.lockstep.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.withinPercentage;

import dev.lockstep.stats.TestResult.Reason;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExactBinomialTest {

    @ParameterizedTest
    @CsvSource({
        "3, 15, .1, GREATER, .18406106910639",
        "682, 925, .75, TWO_SIDED, .38249155957485",
        "2, 4, .5, TWO_SIDED, 1",
        "100, 200, .5, TWO_SIDED, 1",
        "0, 10, .5, LESS, .0009765625",
        "5, 5, 1, TWO_SIDED, 1",
        "0, 5, 0, TWO_SIDED, 1",
        "4, 5, 1, TWO_SIDED, 0"
    })
    void gives_the_published_p_values(int successes, int trials, double assumed, Alternative side, double expected) {
        TestResult result = ExactBinomial.test(successes, trials, assumed, side);

        assertThat(result.pValue()).isCloseTo(expected, withinPercentage(1e-7));
        assertThat(result.statistic()).isEqualTo(successes / (double) trials);
    }

    @Test
    void says_nothing_of_no_trial() {
        assertThat(ExactBinomial.test(0, 0, .5, Alternative.TWO_SIDED)).isEqualTo(new TestResult(0, 1, Reason.TOO_FEW));
    }

    @Test
    void rejects_what_is_no_proportion() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ExactBinomial.test(3, 2, .5, Alternative.LESS))
                .withMessage("a proportion needs successes of at least one trial, has 3 of 2");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ExactBinomial.test(1, 2, 1.5, Alternative.LESS))
                .withMessage("probability must lie in [0, 1], is 1.5");
    }
}
