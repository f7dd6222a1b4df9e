package dev.lockstep.report;

import static dev.lockstep.report.ReportFixture.fingerprint;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.lockstep.baseline.AnswerDifference;
import dev.lockstep.client.Answer;
import dev.lockstep.run.SampleKey;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TokenComparisonTest {

    @Test
    void equal_answers_have_no_difference() {
        TokenComparison comparison = compare(List.of("a", " b"), 0, List.of("a", " b"));
        assertThat(comparison.sameTokens()).isTrue();
        assertThat(comparison.maxDelta()).hasValue(0);
        assertThat(comparison.identical()).isTrue();
    }

    @Test
    void the_first_other_token_is_named_on_both_sides() {
        TokenComparison comparison = compare(List.of("a", " b", " c"), 0, List.of("a", " x", " c"));
        assertThat(comparison.firstDifference()).hasValue(1);
        assertThat(comparison.baselineToken()).isEqualTo(" b");
        assertThat(comparison.tonightToken()).isEqualTo(" x");
    }

    @Test
    void an_answer_that_ends_early_differs_where_it_ends() {
        TokenComparison comparison = compare(List.of("a", " b"), 0, List.of("a"));
        assertThat(comparison.firstDifference()).hasValue(1);
        assertThat(comparison.tonightToken()).isEqualTo("(end)");
    }

    @Test
    void the_largest_shift_of_a_shared_token_counts() {
        assertThat(compare(List.of("a", " b"), 0.5, List.of("a", " b")).maxDelta())
                .hasValueCloseTo(0.5, within(1e-12));
    }

    @Test
    void answers_that_are_apart_from_the_first_token_on_have_nothing_to_compare() {
        TokenComparison comparison = compare(List.of("a", " b"), 0, List.of("x", " b"));
        assertThat(comparison.firstDifference()).hasValue(0);
        assertThat(comparison.maxDelta()).isEmpty();
        assertThat(comparison.identical()).isFalse();
    }

    @Test
    void equal_tokens_with_other_alternatives_are_not_identical() {
        TokenComparison comparison = compare(tokens(-1, -9), tokens(-1, -8));

        assertThat(comparison.sameTokens()).isTrue();
        assertThat(comparison.maxDelta()).hasValue(0);
        assertThat(comparison.identical()).isFalse();
        assertThat(comparison.difference())
                .contains(new AnswerDifference("alternatives of token 0", "'b' -9.0", "'b' -8.0"));
    }

    @Test
    void a_probability_of_zero_lies_a_finite_distance_away() {
        TokenComparison comparison = compare(tokens(-1, -9), tokens(Double.NEGATIVE_INFINITY, -9));

        assertThat(comparison.maxDelta()).hasValue(99);
        assertThat(comparison.identical()).isFalse();
        assertThat(compare(tokens(Double.NEGATIVE_INFINITY, -9), tokens(Double.NEGATIVE_INFINITY, -9))
                        .identical())
                .isTrue();
    }

    private static List<Answer.Token> tokens(double logprob, double alternative) {
        return List.of(new Answer.Token(1, "a", logprob, List.of(new Answer.Alternative(2, "b", alternative))));
    }

    private static TokenComparison compare(List<Answer.Token> baseline, List<Answer.Token> tonight) {
        SampleKey key = SampleKey.of("f/a/0");
        return TokenComparison.of(new SamplePair(key, view(tonight), view(baseline)))
                .orElseThrow();
    }

    private static SampleView view(List<Answer.Token> tokens) {
        Answer answer = new Answer("a", "", List.of(), "stop", new Answer.Usage(7, 1, 0), tokens, Optional.empty());
        return new SampleView(fingerprint("f/a/0", List.of("a"), 0), Optional.of(answer));
    }

    private static TokenComparison compare(List<String> baseline, double shift, List<String> tonight) {
        var before = fingerprint("f/a/0", baseline, shift);
        var now = fingerprint("f/a/0", tonight, 0);
        var pair = SamplePair.of(List.of(now), List.of(before), List.of()).getFirst();
        return TokenComparison.of(pair).orElseThrow();
    }
}
