package dev.lockstep.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import dev.lockstep.stats.TestResult.Reason;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CochranMantelHaenszelTest {

    @Test
    void agrees_with_r_on_the_penicillin_rabbits() {
        int[] cured = {0, 3, 6, 5, 2};
        int[] treated = {6, 6, 6, 6, 2};
        int[] curedLater = {0, 0, 2, 6, 5};
        int[] treatedLater = {5, 6, 6, 6, 5};

        TestResult exact = CochranMantelHaenszel.exact(cured, treated, curedLater, treatedLater);

        assertThat(exact.pValue()).isCloseTo(.03994490358126722, withinPercentage(1e-7));
        TestResult asymptotic = CochranMantelHaenszel.chiSquare(cured, treated, curedLater, treatedLater);
        assertThat(asymptotic.statistic()).isCloseTo(3.9286, within(5e-5));
        assertThat(asymptotic.pValue()).isCloseTo(.04747, within(5e-6));
    }

    @Test
    void compares_tonight_with_all_baseline_runs() {
        TestResult result = CochranMantelHaenszel.exact(
                new int[] {8, 8, 9, 5}, new int[] {10, 10, 10, 8}, new int[] {2, 1, 3, 0}, new int[] {4, 4, 4, 4});

        assertThat(result.pValue()).isCloseTo(.007682940566241081, withinPercentage(1e-7));
        // expected 4·10/14 + 4·9/14 + 4·12/14 + 4·5/12, seen 6
        assertThat(result.statistic()).isCloseTo(6 - (4 * 31 / 14.0 + 4 * 5 / 12.0), withinPercentage(1e-7));
    }

    @ParameterizedTest
    @CsvSource({"59, 121", "1, 9", "3, 3", "0, 7"})
    void is_mcnemar_when_each_item_is_tried_once(int losses, int gains) {
        int items = losses + gains + 20;
        int[] before = new int[items];
        int[] after = new int[items];
        Arrays.fill(before, 0, losses, 1);
        Arrays.fill(after, losses, losses + gains, 1);
        Arrays.fill(before, items - 10, items, 1);
        Arrays.fill(after, items - 10, items, 1);

        TestResult result = CochranMantelHaenszel.exact(before, ones(items), after, ones(items));

        assertThat(result.pValue()).isCloseTo(McNemar.exact(losses, gains).pValue(), withinPercentage(1e-7));
        assertThat(result.statistic()).isCloseTo((gains - losses) / 2.0, within(1e-9));
    }

    @Test
    void is_fisher_for_a_single_item() {
        TestResult result = CochranMantelHaenszel.exact(new int[] {6}, new int[] {8}, new int[] {1}, new int[] {5});

        assertThat(result.pValue()).isCloseTo(.102564102564, withinPercentage(1e-7));
    }

    @Test
    void calls_equal_rates_identical_and_no_comparison_too_few() {
        int[] none = {};
        TestResult identical = new TestResult(0, 1, Reason.IDENTICAL);
        TestResult tooFew = new TestResult(0, 1, Reason.TOO_FEW);

        assertThat(CochranMantelHaenszel.exact(
                        new int[] {5, 0, 10}, new int[] {10, 10, 10}, new int[] {2, 0, 4}, new int[] {4, 4, 4}))
                .isEqualTo(identical);
        assertThat(CochranMantelHaenszel.chiSquare(new int[] {3}, new int[] {3}, new int[] {1}, new int[] {1}))
                .isEqualTo(identical);
        assertThat(CochranMantelHaenszel.exact(none, none, none, none)).isEqualTo(tooFew);
        assertThat(CochranMantelHaenszel.exact(new int[] {3}, new int[] {5}, new int[] {0}, new int[] {0}))
                .isEqualTo(tooFew);
    }

    @Test
    void ignores_items_that_only_one_side_tried() {
        TestResult result =
                CochranMantelHaenszel.exact(new int[] {6, 4}, new int[] {8, 4}, new int[] {1, 0}, new int[] {5, 0});

        assertThat(result.pValue()).isCloseTo(.102564102564, withinPercentage(1e-7));
    }

    @Test
    void never_gives_a_p_of_zero() {
        int items = 2_000;
        int[] before = filled(items, 8);
        int[] after = new int[items];

        TestResult result = CochranMantelHaenszel.exact(before, filled(items, 8), after, filled(items, 8));

        assertThat(result).isEqualTo(new TestResult(-8_000, 1e-280, Reason.TESTED));
    }

    @Test
    void is_asymptotic_where_the_exact_sum_would_take_too_long() {
        int items = CochranMantelHaenszel.LARGEST_EXACT / 2;

        TestResult exact = manyItems(items, CochranMantelHaenszel::exact);
        TestResult fallback = manyItems(items + 500, CochranMantelHaenszel::exact);

        assertThat(exact.pValue())
                .isNotEqualTo(manyItems(items, CochranMantelHaenszel::chiSquare).pValue());
        assertThat(fallback.pValue())
                .isEqualTo(
                        manyItems(items + 500, CochranMantelHaenszel::chiSquare).pValue())
                .isCloseTo(exact.pValue(), within(.01));
        assertThat(fallback.statistic()).isCloseTo(50, within(1e-9));
    }

    private interface Form {
        TestResult of(int[] before, int[] triesBefore, int[] after, int[] triesAfter);
    }

    /** One of two tries right on both sides, but 300 items better and 200 worse. */
    private static TestResult manyItems(int items, Form form) {
        int[] after = filled(items, 1);
        Arrays.fill(after, 0, 300, 2);
        Arrays.fill(after, 300, 500, 0);
        return form.of(filled(items, 1), filled(items, 2), after, filled(items, 2));
    }

    @Test
    void keeps_its_level_when_nothing_changed() {
        long seed = 20_261_122;
        SplittableRandom random = new SplittableRandom(seed);
        int nights = 2_000;
        int rejected = 0;
        for (int night = 0; night < nights; night++) {
            int[] before = new int[30];
            int[] after = new int[30];
            for (int item = 0; item < 30; item++) {
                double rate = random.nextDouble();
                before[item] = successes(random, rate, 12);
                after[item] = successes(random, rate, 4);
            }
            TestResult result = CochranMantelHaenszel.exact(before, filled(30, 12), after, filled(30, 4));
            rejected += result.pValue() <= .05 ? 1 : 0;
        }
        // standard error of a rate of .05 over 2,000 nights: .0049
        assertThat(rejected / (double) nights).as("seed %d", seed).isBetween(.025, .06);
    }

    @Test
    void rejects_counts_that_cannot_be() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CochranMantelHaenszel.exact(ones(1), ones(1), new int[] {2}, ones(1)))
                .withMessage("an item needs successes from 0 to its tries, has 2 of 1");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CochranMantelHaenszel.exact(ones(2), ones(2), ones(3), ones(3)))
                .withMessage("baselineSuccesses and tonightSuccesses must have the same length, have 2 and 3");
    }

    private static int successes(SplittableRandom random, double rate, int tries) {
        return (int) random.doubles(tries).filter(each -> each < rate).count();
    }

    private static int[] ones(int items) {
        return filled(items, 1);
    }

    private static int[] filled(int items, int value) {
        int[] filled = new int[items];
        Arrays.fill(filled, value);
        return filled;
    }
}
