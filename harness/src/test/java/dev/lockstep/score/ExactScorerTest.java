package dev.lockstep.score;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ExactScorerTest {
    private static final Scored SEVEN = Scored.by(new ExactScorer(), "{\"answers\": [\"7\", \"seven\"]}");

    @Test
    void takes_any_of_the_answers_without_outer_blanks() {
        assertThat(SEVEN.text(" 7\n")).isEqualTo(new Score("exact@1", 1, Score.Outcome.SCORED, "is \"7\""));
        assertThat(SEVEN.value("seven")).isEqualTo(1);
    }

    @Test
    void refuses_an_answer_inside_a_longer_text() {
        assertThat(SEVEN.text("17"))
                .isEqualTo(
                        new Score("exact@1", 0, Score.Outcome.SCORED, "is \"17\", expected one of [\"7\",\"seven\"]"));
    }

    @Test
    void counts_letter_case_unless_told_otherwise() {
        assertThat(SEVEN.value("Seven")).isZero();
        assertThat(SEVEN.with("{\"ignore_case\": true}").value("SEVEN")).isEqualTo(1);
        assertThat(Scored.by(new ExactScorer(), "{\"answers\": [\"Straße\"]}")
                        .with("{\"ignore_case\": true}")
                        .value("STRASSE"))
                .isEqualTo(1);
    }

    @Test
    void takes_composed_and_decomposed_letters_as_equal() {
        assertThat(Scored.by(new ExactScorer(), "{\"answers\": [\"caf\u00e9\"]}")
                        .value("cafe\u0301"))
                .isEqualTo(1);
    }

    @Test
    void scores_an_empty_text_as_wrong() {
        assertThat(SEVEN.text("").detail()).isEqualTo("is \"\", expected one of [\"7\",\"seven\"]");
    }

    @Test
    void says_what_is_wrong_with_its_use() {
        assertThat(SEVEN.mistakes()).isEmpty();
        assertThat(Scored.by(new ExactScorer(), "{}")
                        .with("{\"ignorecase\": true}")
                        .mistakes())
                .containsExactly(
                        "scorer 'exact' needs 'reference.answers', a list of texts; add it",
                        "scorer 'exact' has no parameter 'ignorecase'; did you mean 'ignore_case'?");
        assertThat(Scored.by(new ExactScorer(), "{\"answers\": [7]}")
                        .with("{\"ignore_case\": \"yes\"}")
                        .mistakes())
                .containsExactly(
                        "scorer 'exact' needs texts in 'reference.answers', not 7; write \"7\"",
                        "scorer 'exact' takes true or false as 'ignore_case', not \"yes\"");
        assertThat(Scored.by(new ExactScorer(), "{\"answers\": []}").mistakes())
                .containsExactly("scorer 'exact' needs a list of texts in 'reference.answers', not []");
    }
}
