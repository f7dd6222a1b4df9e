package dev.lockstep.score;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ContainsScorerTest {
    private static final Scored PARIS = Scored.by(new ContainsScorer(), "{\"answers\": [\"Paris\"]}");

    @Test
    void finds_an_answer_anywhere_in_the_text() {
        assertThat(PARIS.text("It is Paris."))
                .isEqualTo(new Score("contains@1", 1, Score.Outcome.SCORED, "contains \"Paris\""));
        assertThat(PARIS.text("It is Rome."))
                .isEqualTo(new Score(
                        "contains@1", 0, Score.Outcome.SCORED, "is \"It is Rome.\", expected in it \"Paris\""));
    }

    @Test
    void counts_letter_case_unless_told_otherwise() {
        assertThat(PARIS.value("PARIS")).isZero();
        assertThat(PARIS.with("{\"ignore_case\": true}").value("in PARIS")).isEqualTo(1);
    }

    @Test
    void finds_a_short_answer_in_a_longer_word_as_the_ocr_benchmark_does() {
        assertThat(Scored.by(new ContainsScorer(), "{\"answers\": [\"7\"]}").value("17"))
                .isEqualTo(1);
    }

    @Test
    void refuses_an_empty_answer() {
        assertThat(Scored.by(new ContainsScorer(), "{\"answers\": [\" \"]}").mistakes())
                .containsExactly("scorer 'contains' finds an empty answer in every text; "
                        + "remove it from 'reference.answers'");
    }
}
