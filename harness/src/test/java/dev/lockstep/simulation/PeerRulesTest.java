package dev.lockstep.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.lockstep.stats.PairedCounts;
import dev.lockstep.stats.Permutations;
import dev.lockstep.stats.TopLogprobs;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class PeerRulesTest {
    private static final Permutations PERMUTATIONS = new Permutations(1, 199);

    @Test
    void two_points_alarms_beyond_two_points_either_way() {
        assertThat(TwoPointRule.alarms(new PairedCounts(70, 0, 3, 27))).isTrue();
        assertThat(TwoPointRule.alarms(new PairedCounts(70, 3, 0, 27))).isTrue();
        assertThat(TwoPointRule.alarms(new PairedCounts(70, 1, 2, 27))).isFalse();
    }

    /** In floating point 199/200 − 195/200 is a little more than .02, and 191/200 − 187/200 a little less. */
    @Test
    void two_points_leaves_exactly_two_points_to_rounding() {
        assertThat(TwoPointRule.alarms(new PairedCounts(195, 0, 4, 1))).isTrue();
        assertThat(TwoPointRule.alarms(new PairedCounts(187, 0, 4, 9))).isFalse();
    }

    @Test
    void any_mismatch_alarms_at_one_token() {
        int[][] baseline = {{1, 2}, {3, 4}};

        assertThat(AnyMismatchRule.alarms(baseline, new int[][] {{1, 2}, {3, 4}}))
                .isFalse();
        assertThat(AnyMismatchRule.alarms(baseline, new int[][] {{1, 2}, {3, 5}}))
                .isTrue();
    }

    /** z = .06 / √((.7·.3 + .64·.36) / 499) = 2.02 */
    @Test
    void unpaired_z_forgets_that_the_cases_are_the_same() {
        PairedCounts everyLossCounts = new PairedCounts(320, 0, 30, 150);

        assertThat(UnpairedZRule.alarms(everyLossCounts, .05)).isTrue();
        assertThat(UnpairedZRule.alarms(everyLossCounts, .04)).isFalse();
        assertThat(UnpairedZRule.alarms(new PairedCounts(500, 0, 0, 0), .05)).isFalse();
    }

    /** After 30 items of which 15 fell, s/√30 · 3.7 is .34: less than the mean of .5; ten more that stay end nothing. */
    @Test
    void confidence_sequence_stops_when_zero_is_excluded() {
        double[] falls = new double[40];
        for (int i = 0; i < 30; i += 2) {
            falls[i] = -1;
        }

        assertThat(ConfidenceSequenceRule.alarms(falls, .05)).isTrue();
        assertThat(ConfidenceSequenceRule.alarms(Arrays.copyOf(falls, 29), .05)).isFalse();
        assertThat(ConfidenceSequenceRule.alarms(new double[100], .05)).isFalse();
    }

    @Test
    void border_inputs_alarm_after_three_nights_beyond_the_trailing_ones() {
        double[] nights = {.1, .12, .1, .08, .1, .11, .09, .1, .1, .5, .5, .5};

        assertThat(BorderInputRule.alarms(nights)).isTrue();
        assertThat(BorderInputRule.alarms(Arrays.copyOf(nights, 11))).isFalse();
    }

    @Test
    void border_inputs_need_five_trailing_nights_and_a_large_change() {
        assertThat(BorderInputRule.alarms(new double[] {.1, .1, .1, .1, .9, .9, .9, .9}))
                .isFalse();
        assertThat(BorderInputRule.alarms(new double[] {.1, .12, .1, .08, .1, .11, .09, .1, .1, .29, .29, .29}))
                .isFalse();
    }

    @Test
    void border_inputs_measure_the_total_variation_of_first_tokens() {
        int[][] reference = {{1, 1, 2, 2}, {3, 3, 3, 3}};
        int[][] tonight = {{1, 2}, {3, 4}};

        assertThat(BorderInputRule.distance(reference, tonight)).isCloseTo((0 + .5) / 2, within(1e-12));
    }

    @Test
    void model_equality_tells_different_answers_apart() {
        int[][][] ones = {{{1, 1}, {1, 2}, {1, 1}, {1, 3}, {1, 1}, {1, 1}, {1, 2}, {1, 1}}};
        int[][][] nines = {{{9, 9}, {9, 8}, {9, 9}, {9, 7}, {9, 9}, {9, 9}, {9, 8}, {9, 9}}};

        assertThat(ModelEqualityRule.alarms(ones, nines, PERMUTATIONS, .05)).isTrue();
        assertThat(ModelEqualityRule.alarms(ones, ones, PERMUTATIONS, .05)).isFalse();
    }

    @Test
    void logprob_tracking_tells_moved_logprobs_apart() {
        List<TopLogprobs> before = Collections.nCopies(10, TopLogprobs.of(new int[] {1, 2}, new double[] {-.5, -1.5}));
        List<TopLogprobs> after = Collections.nCopies(10, TopLogprobs.of(new int[] {1, 2}, new double[] {-.6, -1.4}));

        assertThat(LogprobTrackingRule.alarms(before, after, PERMUTATIONS, .05)).isTrue();
        assertThat(LogprobTrackingRule.alarms(before, before, PERMUTATIONS, .05))
                .isFalse();
    }
}
