package dev.lockstep.report;

import static dev.lockstep.report.ReportFixture.fingerprint;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
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

    private static TokenComparison compare(List<String> baseline, double shift, List<String> tonight) {
        var before = fingerprint("f/a/0", baseline, shift);
        var now = fingerprint("f/a/0", tonight, 0);
        var pair = SamplePair.of(List.of(now), List.of(before), List.of()).getFirst();
        return TokenComparison.of(pair).orElseThrow();
    }
}
