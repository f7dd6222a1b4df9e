package dev.lockstep.score;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NumericScorerTest {
    private static final Scored HALF = number("0.5", "0");

    @ParameterizedTest
    @ValueSource(strings = {"0.5", " .5 ", "1/2", "50%", "50 %", "5e-1", "+0.50", "-1/-2", "2 / 4", "100/2 %"})
    void reads_a_half_however_it_is_written(String text) {
        assertThat(HALF.text(text).value()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "half",
                "0.5 or so",
                "1,000",
                "1/0",
                "0.5.1",
                "Runtime.exit(1)",
                "1e9999",
                "--1",
                "1+1",
                "NaN"
            })
    void takes_nothing_else_as_a_number(String text) {
        assertThat(HALF.text(text))
                .isEqualTo(new Score(
                        "numeric@1",
                        0,
                        Score.Outcome.UNPARSEABLE,
                        "is \"" + text + "\", which is no number as a whole"));
    }

    @ParameterizedTest
    @CsvSource({
        "95, 100, 5, 1",
        "94.9, 100, 5, 0",
        "105, 100, 5, 1",
        "105.0000000000000000001, 100, 5, 0",
        "0.095, 0.1, 0.005, 1",
        "1.05, 1.0, 0.05, 1",
        "2.1, 2.0, 0.1, 1",
        "1.9, 2, 0.1, 1",
        "5.7, 6.0, 0.3, 1",
        "0, 0, 0, 1",
        "1/3, 0.3333, 0.0001, 1",
        "1/3, 0.3333, 0.00003, 0",
        "−4, -4, 0, 1"
    })
    void holds_the_tolerance_exactly_where_binary_fractions_would_not(
            String text, String value, String tolerance, double score) {
        assertThat(number(value, tolerance).value(text)).isEqualTo(score);
    }

    @Test
    void says_what_it_read_and_expected() {
        assertThat(number("7", "0").text("7")).isEqualTo(new Score("numeric@1", 1, Score.Outcome.SCORED, "is \"7\""));
        assertThat(number("7", "0.5").text("8"))
                .isEqualTo(new Score("numeric@1", 0, Score.Outcome.SCORED, "is \"8\", expected 7 ± 0.5"));
    }

    @Test
    void takes_a_fraction_as_reference() {
        assertThat(Scored.by(new NumericScorer(), "{\"number\": {\"value\": \"1/3\"}}")
                        .value("2/6"))
                .isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "3 + 4 = 7.; 7",
                "between 3-4; 4",
                "x=-4; -4",
                "it is 50 %.; 0.5",
                "first 3, then 1/2; 0.5",
                "about 12cm; 12",
                "(7); 7",
                "7 for a64; 7"
            })
    void finds_the_last_number(String text, String value) {
        assertThat(number(value, "0").with("{\"find\": \"last\"}").text(text).value())
                .isEqualTo(1);
    }

    @Test
    void does_not_take_a_piece_of_a_last_number_it_cannot_read() {
        Scored last = number("3", "0").with("{\"find\": \"last\"}");
        assertThat(last.text("3 of 1,000"))
                .isEqualTo(new Score(
                        "numeric@1",
                        0,
                        Score.Outcome.UNPARSEABLE,
                        "has \"1,000\" as its last number, which cannot be read"));
        assertThat(last.text("none"))
                .isEqualTo(
                        new Score("numeric@1", 0, Score.Outcome.UNPARSEABLE, "is \"none\", which has no number in it"));
    }

    @Test
    void says_what_is_wrong_with_its_use() {
        assertThat(Scored.by(new NumericScorer(), "{}").mistakes())
                .containsExactly("scorer 'numeric' needs 'reference.number', {value, tolerance}; add it");
        assertThat(Scored.by(new NumericScorer(), "{\"number\": {\"value\": \"seven\", \"tolerance\": -1}}")
                        .with("{\"find\": \"first\"}")
                        .mistakes())
                .containsExactly(
                        "scorer 'numeric' takes last as 'find', not \"first\"",
                        "scorer 'numeric' needs a number in 'reference.number.value', not \"seven\"",
                        "scorer 'numeric' needs a number from 0 on in 'reference.number.tolerance', not -1");
        assertThat(Scored.by(new NumericScorer(), "{\"number\": {\"tolerance\": 1, \"val\": 1}}")
                        .mistakes())
                .containsExactly(
                        "scorer 'numeric' knows no 'val' in 'reference.number'; expected value and tolerance",
                        "scorer 'numeric' needs a number in 'reference.number.value', not nothing");
    }

    private static Scored number(String value, String tolerance) {
        return Scored.by(
                new NumericScorer(), "{\"number\": {\"value\": " + value + ", \"tolerance\": " + tolerance + "}}");
    }
}
