package dev.lockstep.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.lockstep.stats.TestResult.Reason;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NonInferiorityTest {
    /** One-sided .05. */
    private static final double CRITICAL = 1.6448536269514722;

    @ParameterizedTest
    @CsvSource({
        ".01, 1237, 3092, 6183, 12366",
        ".02, 310, 773, 1546, 3092",
        ".03, 138, 344, 687, 1374",
        ".05, 50, 124, 248, 495"
    })
    void plans_the_published_numbers_of_items(double margin, int at2, int at5, int at10, int at20) {
        assertThat(NonInferiority.items(.02, margin)).isEqualTo(at2);
        assertThat(NonInferiority.items(.05, margin)).isEqualTo(at5);
        assertThat(NonInferiority.items(.1, margin)).isEqualTo(at10);
        assertThat(NonInferiority.items(.2, margin)).isEqualTo(at20);
    }

    /** The p-value of an unchanged set falls with its size: (items · margin / (1 − margin)) is z². */
    @Test
    void needs_items_even_when_no_answer_changed() {
        TestResult few = NonInferiority.test(new PairedCounts(40, 0, 0, 20), .02);
        TestResult enough = NonInferiority.test(new PairedCounts(80, 0, 0, 60), .02);

        assertThat(few.statistic()).isCloseTo(Math.sqrt(60 * .02 / .98), within(1e-12));
        assertThat(few.pValue()).isGreaterThan(.05);
        assertThat(few.reason()).isEqualTo(Reason.IDENTICAL);
        assertThat(enough.pValue()).isLessThan(.05);
    }

    /** The score solves its own likelihood equation: the constrained rates are the most likely ones by a search. */
    @ParameterizedTest
    @CsvSource({"5, 20, 500, .05", "0, 3, 100, .02", "12, 2, 50, .1", "0, 60, 60, .02", "60, 0, 60, .02"})
    void uses_the_most_likely_rates_at_the_margin(int gains, int losses, int items, double margin) {
        double best = 0;
        double most = Double.NEGATIVE_INFINITY;
        for (int step = 0; step <= 1_000_000; step++) {
            double gain = step * (1 - margin) / 2 / 1_000_000;
            double likelihood = term(gains, gain)
                    + term(losses, gain + margin)
                    + term(items - gains - losses, 1 - 2 * gain - margin);
            best = likelihood > most ? gain : best;
            most = Math.max(most, likelihood);
        }
        double expected = (gains - losses + items * margin) / Math.sqrt(items * (2 * best + margin - margin * margin));

        assertThat(TangoScore.z(gains, losses, items, margin)).isCloseTo(expected, within(1e-3));
    }

    /** At a true loss of exactly the margin; Wald's form passes .30 of the first row. */
    @ParameterizedTest
    @CsvSource({"60, .0201", "60, .05", "100, .0201", "100, .05", "500, .03", "500, .1", "1000, .2"})
    void seldom_passes_what_is_worse_by_the_margin(int items, double discordance) {
        double passed = new PairedOutcomes(items, discordance, -.02)
                .chance((gains, losses) -> TangoScore.z(gains, losses, items, .02) >= CRITICAL);

        assertThat(passed).isLessThanOrEqualTo(.0515);
    }

    @Test
    void judges_means_from_one_side_only() {
        MeanEstimate muchBetter = new MeanEstimate(5, .1, 20);

        assertThat(NonInferiority.test(muchBetter, .5).pValue()).isLessThan(1e-9);
        assertThat(Equivalence.test(muchBetter, .5).pValue()).isGreaterThan(.999);
        assertThat(NonInferiority.test(new MeanEstimate(0, 0, 4), .5).reason()).isEqualTo(Reason.IDENTICAL);
        assertThat(NonInferiority.test(MeanEstimate.of(new double[0]), .5))
                .isEqualTo(new TestResult(0, 1, Reason.TOO_FEW));
    }

    @Test
    void plans_one_item_for_what_never_flips() {
        assertThat(NonInferiority.items(0, .02)).isEqualTo(1);
    }

    @Test
    void rejects_a_plan_without_a_margin() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> NonInferiority.items(.1, 0))
                .withMessage("margin must lie between 0 and 1, both excluded; is 0.0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> NonInferiority.items(1.1, .02))
                .withMessage("discordance must lie in [0, 1], is 1.1");
    }

    private static double term(int count, double probability) {
        return count == 0 ? 0 : count * Math.log(probability);
    }

    @Test
    void counts_one_more_lost_case_among_bounded_changes() {
        double[] changes = {0, .5, -.5, 0, 0};
        double[] withTheLostOne = {0, .5, -.5, 0, 0, -1};

        assertThat(NonInferiority.testBounded(changes, .02))
                .isEqualTo(NonInferiority.test(MeanEstimate.of(withTheLostOne), .02));
    }

    @Test
    void needs_bounded_changes_enough_even_when_nothing_changed() {
        TestResult few = NonInferiority.testBounded(new double[60], .02);
        TestResult enough = NonInferiority.testBounded(new double[200], .02);

        assertThat(few.pValue()).isGreaterThan(.05);
        assertThat(few.reason()).isEqualTo(Reason.IDENTICAL);
        assertThat(enough.pValue()).isLessThan(.05);
        assertThat(NonInferiority.testBounded(new double[0], .02)).isEqualTo(new TestResult(0, 1, Reason.TOO_FEW));
    }

    @Test
    void refuses_changes_that_are_not_bounded() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> NonInferiority.testBounded(new double[] {0, -1.5}, .02))
                .withMessage("|change| must lie in [0, 1], is 1.5");
    }
}
