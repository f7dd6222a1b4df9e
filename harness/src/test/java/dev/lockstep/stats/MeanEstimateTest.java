package dev.lockstep.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import dev.lockstep.stats.TestResult.Reason;
import org.junit.jupiter.api.Test;

class MeanEstimateTest {
    private static final double[] EMPTY = {};
    private static final double[] CORRECT = {1, 0, 1, 1, 0, 0, 0, 1, 1, 1};
    private static final int[] DOCUMENTS = {1, 1, 2, 2, 2, 3, 3, 4, 4, 4};

    @Test
    void agrees_with_r_on_paired_sleep() {
        MeanEstimate change = MeanEstimate.paired(Sleep.SECOND, Sleep.FIRST);

        TestResult test = change.test();
        assertThat(test.statistic()).isCloseTo(-4.06212768338204, withinPercentage(1e-7));
        assertThat(change.degreesOfFreedom()).isEqualTo(9);
        assertThat(test.pValue()).isCloseTo(.00283289019738427, withinPercentage(1e-7));
        Interval interval = change.interval(.95);
        assertThat(interval.estimate()).isCloseTo(-1.58, within(1e-12));
        assertThat(interval.low()).isCloseTo(-2.45988576327698, withinPercentage(1e-7));
        assertThat(interval.high()).isCloseTo(-.700114236723018, withinPercentage(1e-7));
    }

    @Test
    void agrees_with_r_on_sleep_by_welch() {
        MeanEstimate change = MeanEstimate.welch(Sleep.SECOND, Sleep.FIRST);

        assertThat(change.test().pValue()).isCloseTo(.0793941401873583, withinPercentage(1e-7));
        assertThat(change.degreesOfFreedom()).isCloseTo(17.776473516178488, withinPercentage(1e-7));
        assertThat(change.interval(.95).low()).isCloseTo(-3.3654832307117104, withinPercentage(1e-7));
        assertThat(change.interval(.95).high()).isCloseTo(.20548323071171137, withinPercentage(1e-7));
    }

    @Test
    void gives_the_published_standard_errors() {
        MeanEstimate naive = MeanEstimate.of(CORRECT);
        MeanEstimate clustered = MeanEstimate.clustered(CORRECT, DOCUMENTS);

        assertThat(naive.mean()).isCloseTo(.6, within(1e-15));
        assertThat(naive.standardError()).isCloseTo(.163299316186, withinPercentage(1e-7));
        assertThat(clustered.mean()).isCloseTo(.6, within(1e-15));
        assertThat(clustered.standardError()).isCloseTo(.172046505341, withinPercentage(1e-7));
        assertThat(clustered.degreesOfFreedom()).isEqualTo(3);
    }

    @Test
    void calls_identical_pairs_identical() {
        TestResult identical = new TestResult(0, 1, Reason.IDENTICAL);

        assertThat(MeanEstimate.paired(Sleep.FIRST, Sleep.FIRST).test()).isEqualTo(identical);
        assertThat(MeanEstimate.welch(new double[] {2, 2}, new double[] {2, 2, 2})
                        .test())
                .isEqualTo(identical);
        assertThat(MeanEstimate.clustered(new double[4], new int[] {1, 2, 3, 3}).test())
                .isEqualTo(identical);
    }

    @Test
    void is_certain_of_a_change_that_never_varies() {
        // .3 − .2 and .2 − .1 differ by rounding
        MeanEstimate change = MeanEstimate.paired(new double[] {.2, .1, .8}, new double[] {.3, .2, .9});

        assertThat(change.standardError()).isZero();
        assertThat(change.test()).isEqualTo(new TestResult(Double.POSITIVE_INFINITY, 0, Reason.TESTED));
        assertThat(change.interval(.9).low()).isEqualTo(change.mean());
        assertThat(change.interval(.9).high()).isEqualTo(change.mean());
    }

    @Test
    void knows_nothing_from_too_few_values() {
        TestResult tooFew = new TestResult(0, 1, Reason.TOO_FEW);

        assertThat(MeanEstimate.of(EMPTY).test()).isEqualTo(tooFew);
        assertThat(MeanEstimate.of(new double[] {3}).test()).isEqualTo(tooFew);
        assertThat(MeanEstimate.clustered(CORRECT, new int[10]).test()).isEqualTo(tooFew);
        assertThat(MeanEstimate.clustered(EMPTY, new int[0]).test()).isEqualTo(tooFew);
        assertThat(MeanEstimate.welch(Sleep.FIRST, new double[] {1}).test()).isEqualTo(tooFew);
        assertThat(MeanEstimate.of(new double[] {3}).interval(.95))
                .isEqualTo(new Interval(3, Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY));
    }

    @Test
    void rejects_values_that_are_no_numbers_and_pairs_that_are_none() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> MeanEstimate.of(new double[] {1, Double.NaN}))
                .withMessage("values[1] must be a finite number, is NaN");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> MeanEstimate.paired(new double[2], new double[3]))
                .withMessage("before and after must have the same length, have 2 and 3");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> MeanEstimate.clustered(CORRECT, new int[9]))
                .withMessage("values and clusters must have the same length, have 10 and 9");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new MeanEstimate(0, -1, 3))
                .withMessage("standardError must not be negative, is -1.0");
    }
}
