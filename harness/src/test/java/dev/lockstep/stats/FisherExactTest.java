package dev.lockstep.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import dev.lockstep.stats.TestResult.Reason;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FisherExactTest {

    @ParameterizedTest
    @CsvSource({
        "6, 2, 1, 4, TWO_SIDED, .102564102564",
        "3, 1, 1, 3, TWO_SIDED, .485714285714",
        "6, 2, 1, 4, GREATER, .08624708624708625",
        "6, 2, 1, 4, LESS, .9953379953379954"
    })
    void gives_the_published_p_values(int a, int b, int c, int d, Alternative side, double expected) {
        TestResult result = FisherExact.test(new Proportion(a, a + b), new Proportion(c, c + d), side);

        assertThat(result.pValue()).isCloseTo(expected, withinPercentage(1e-7));
        assertThat(result.statistic()).isEqualTo(a / (a + (double) b) - c / (c + (double) d));
    }

    @Test
    void calls_equal_rates_identical() {
        TestResult identical = new TestResult(0, 1, Reason.IDENTICAL);

        assertThat(FisherExact.test(new Proportion(0, 7), new Proportion(0, 9), Alternative.TWO_SIDED))
                .isEqualTo(identical);
        assertThat(FisherExact.test(new Proportion(2, 4), new Proportion(3, 6), Alternative.GREATER))
                .isEqualTo(identical);
    }
}
