package dev.lockstep.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;

class LogprobDistanceTest {
    private static final TopLogprobs P = top(1, .7, 2, .2, 3, .1);
    private static final TopLogprobs Q = top(1, .6, 2, .25, 3, .15);

    @Test
    void gives_the_published_distances_of_full_lists() {
        LogprobDistance distance = LogprobDistance.of(List.of(P), List.of(Q));

        assertThat(distance.kullbackLeibler()).isCloseTo(.0227302548054, Percentage.withPercentage(1e-7));
        assertThat(LogprobDistance.totalVariation(P, Q)).isCloseTo(.1, within(1e-12));
        assertThat(LogprobDistance.jensenShannon(P, Q)).isCloseTo(.00583367803717, Percentage.withPercentage(1e-7));
        double expected = (Math.log(.7 / .6) + Math.log(.25 / .2) + Math.log(.15 / .1)) / 3;
        assertThat(distance.meanAbsolute()).isCloseTo(expected, within(1e-12));
        assertThat(distance.topAgreement()).isEqualTo(1);
    }

    @Test
    void averages_over_positions() {
        LogprobDistance one = LogprobDistance.of(List.of(P), List.of(Q));
        LogprobDistance both = LogprobDistance.of(List.of(P, P), List.of(Q, P));

        assertThat(both.positions()).isEqualTo(2);
        assertThat(both.kullbackLeibler()).isCloseTo(one.kullbackLeibler() / 2, within(1e-15));
        assertThat(both.meanAbsolute()).isCloseTo(one.meanAbsolute() / 2, within(1e-15));
    }

    @Test
    void is_zero_between_equal_runs_and_without_a_position() {
        assertThat(LogprobDistance.of(List.of(P, Q), List.of(P, Q))).isEqualTo(new LogprobDistance(2, 0, 0, 1));
        assertThat(LogprobDistance.of(List.of(), List.of())).isEqualTo(new LogprobDistance(0, 0, 0, 1));
    }

    @Test
    void takes_the_least_difference_that_the_lists_allow_for_a_missing_token() {
        TopLogprobs baseline = TopLogprobs.of(new int[] {1, 2}, new double[] {-.1, -3});
        TopLogprobs tonight = TopLogprobs.of(new int[] {1, 3}, new double[] {-.1, -4});

        // Token 2 fell from −3 to −4 or lower; token 3 may have been −4 all along.
        assertThat(LogprobDistance.of(List.of(baseline), List.of(tonight)).meanAbsolute())
                .isCloseTo(1 / 3.0, within(1e-15));
    }

    @Test
    void is_not_disturbed_by_a_sampled_token_outside_the_likeliest() {
        int[] tokens = {77, 1, 2};
        TopLogprobs baseline = TopLogprobs.of(tokens, new double[] {-9.19, -.3, -4.78}, 2);
        TopLogprobs tonight = TopLogprobs.of(new int[] {1, 2}, new double[] {-.3, -4.78}, 2);

        assertThat(LogprobDistance.of(List.of(baseline), List.of(tonight))).isEqualTo(new LogprobDistance(1, 0, 0, 1));
    }

    @Test
    void agrees_on_the_top_when_tied_tokens_allow_it() {
        TopLogprobs tied = TopLogprobs.of(new int[] {1, 2, 3}, new double[] {-1, -1, -2});
        TopLogprobs second = TopLogprobs.of(new int[] {1, 2, 3}, new double[] {-1.5, -1, -2});
        TopLogprobs third = TopLogprobs.of(new int[] {1, 2, 3}, new double[] {-1.5, -2, -1});

        assertThat(agreement(tied, second)).isEqualTo(1);
        assertThat(agreement(second, tied)).isEqualTo(1);
        assertThat(agreement(tied, third)).isZero();
    }

    @Test
    void compares_the_tokens_that_both_runs_were_made_to_follow() {
        double[] baseline = {-1, Double.NEGATIVE_INFINITY, -9999, -2};
        double[] tonight = {-1.5, -9999, -1, -2};

        assertThat(LogprobDistance.meanAbsolute(baseline, tonight)).isEqualTo((.5 + 0 + 99 + 0) / 4);
        assertThat(LogprobDistance.meanAbsolute(new double[0], new double[0])).isZero();
    }

    @Test
    void needs_the_same_positions() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> LogprobDistance.of(List.of(P), List.of()))
                .withMessage("the baseline has 1 positions and tonight's run 0, expected equally many;"
                        + " compare up to the first different token");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> LogprobDistance.meanAbsolute(new double[1], new double[2]))
                .withMessage("the baseline has 1 positions and tonight's run 2, expected equally many;"
                        + " compare up to the first different token");
    }

    private static double agreement(TopLogprobs baseline, TopLogprobs tonight) {
        return LogprobDistance.of(List.of(baseline), List.of(tonight)).topAgreement();
    }

    private static TopLogprobs top(int one, double p, int two, double q, int three, double r) {
        return TopLogprobs.of(new int[] {one, two, three}, new double[] {Math.log(p), Math.log(q), Math.log(r)});
    }
}
