package dev.lockstep.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class TopLogprobsTest {

    @Test
    void lists_the_likeliest_token_first_and_tied_ones_by_id() {
        TopLogprobs top = TopLogprobs.of(new int[] {9, 4, 7, 5}, new double[] {-2, -1, -2, -.5});

        assertThat(new int[] {top.id(0), top.id(1), top.id(2), top.id(3)}).containsExactly(5, 4, 7, 9);
        assertThat(top.logprob(0)).isEqualTo(-.5);
        assertThat(top.last()).isEqualTo(-2);
        assertThat(top.size()).isEqualTo(4);
    }

    @Test
    void leaves_out_the_sampled_token_where_it_is_not_among_the_likeliest() {
        // As a server lists it: the sampled token first, then the two that were asked for.
        TopLogprobs top = TopLogprobs.of(new int[] {77, 1, 2}, new double[] {-9.19, -.3, -4.78}, 2);

        assertThat(top.lists(77)).isFalse();
        assertThat(top.last()).isEqualTo(-4.78);
        assertThat(top.atMost(77)).isEqualTo(-4.78);
    }

    @Test
    void leaves_out_tokens_without_a_probability() {
        TopLogprobs top =
                TopLogprobs.of(new int[] {1, 2, 3, 4}, new double[] {-9999, Double.NEGATIVE_INFINITY, -1, -20_000});

        assertThat(top.size()).isEqualTo(1);
        assertThat(top.lists(1)).isFalse();
        assertThat(top.atMost(2)).isEqualTo(-1);
    }

    @Test
    void keeps_values_between_minus_one_hundred_and_zero() {
        TopLogprobs top = TopLogprobs.of(new int[] {1, 2}, new double[] {1e-7, -700});

        assertThat(top.logprob(0)).isZero();
        assertThat(top.logprob(1)).isEqualTo(-100);
    }

    @Test
    void rejects_what_is_no_list_of_log_probabilities() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TopLogprobs.of(new int[] {1, 2}, new double[] {-1}))
                .withMessage("2 tokens have 1 log-probabilities, expected one for each");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TopLogprobs.of(new int[] {1, 1}, new double[] {-1, -2}))
                .withMessage("a token is listed twice in [1, 1]; key the list by token id, not by text");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TopLogprobs.of(new int[] {1}, new double[] {.7}))
                .withMessage(
                        "0.7 is no log-probability, expected a value of at most 0; leave out what was not measured");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TopLogprobs.of(new int[] {1}, new double[] {Double.NaN}))
                .withMessage(
                        "NaN is no log-probability, expected a value of at most 0; leave out what was not measured");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TopLogprobs.of(new int[] {3}, new double[] {-9999}))
                .withMessage("no token has a probability above 0, expected at least one of [3] to have;"
                        + " leave the position out");
    }
}
