package dev.lockstep.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import dev.lockstep.stats.TestResult.Reason;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EquivalenceTest {
    private static final MeanEstimate SLEEP = MeanEstimate.paired(Sleep.SECOND, Sleep.FIRST);

    @ParameterizedTest
    @CsvSource({"2, .154157235669", "3, .00265557029267"})
    void gives_the_published_p_values_of_sleep(double margin, double expected) {
        assertThat(Equivalence.test(SLEEP, margin).pValue()).isCloseTo(expected, withinPercentage(1e-7));
    }

    @Test
    void says_the_same_as_the_interval_of_90_percent() {
        Interval interval = SLEEP.interval(.9);

        assertThat(interval.low()).isCloseTo(-2.29300526703, withinPercentage(1e-7));
        assertThat(interval.high()).isCloseTo(-.866994732971, withinPercentage(1e-7));
        assertThat(Equivalence.test(SLEEP, -interval.low()).pValue()).isCloseTo(.05, within(1e-12));
        assertThat(NonInferiority.test(SLEEP, -interval.low()).pValue()).isCloseTo(.05, within(1e-12));
    }

    @Test
    void is_the_worse_of_both_sides_for_pairs_of_answers() {
        PairedCounts better = new PairedCounts(400, 20, 5, 75);
        PairedCounts worse = new PairedCounts(400, 5, 20, 75);

        TestResult result = Equivalence.test(better, .05);

        assertThat(result).isEqualTo(Equivalence.test(worse, .05)).isEqualTo(NonInferiority.test(worse, .05));
        assertThat(result.pValue())
                .isGreaterThan(NonInferiority.test(better, .05).pValue());
    }

    @Test
    void knows_what_no_variation_means() {
        MeanEstimate same = new MeanEstimate(0, 0, 9);
        MeanEstimate shifted = new MeanEstimate(-.03, 0, 9);

        assertThat(Equivalence.test(same, .02))
                .isEqualTo(new TestResult(Double.POSITIVE_INFINITY, 0, Reason.IDENTICAL));
        assertThat(Equivalence.test(shifted, .05))
                .isEqualTo(new TestResult(Double.POSITIVE_INFINITY, 0, Reason.TESTED));
        assertThat(Equivalence.test(shifted, .02))
                .isEqualTo(new TestResult(Double.NEGATIVE_INFINITY, 1, Reason.TESTED));
        assertThat(Equivalence.test(shifted, .03)).isEqualTo(new TestResult(0, 1, Reason.TESTED));
    }

    @Test
    void shows_nothing_from_too_few_values() {
        assertThat(Equivalence.test(MeanEstimate.of(new double[] {0}), .02))
                .isEqualTo(new TestResult(0, 1, Reason.TOO_FEW));
    }

    @Test
    void needs_1_38_times_the_items_of_non_inferiority() {
        assertThat(Equivalence.items(.1, .02) / (double) NonInferiority.items(.1, .02))
                .isCloseTo(1.385, within(.001));
    }

    @Test
    void rejects_a_margin_that_none_is() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Equivalence.test(SLEEP, 0))
                .withMessage("margin must be positive, is 0.0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Equivalence.test(new PairedCounts(1, 0, 0, 0), 1))
                .withMessage("margin must lie between 0 and 1, both excluded; is 1.0");
    }
}
