package dev.lockstep.score;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;

class RegexScorerTest {
    private static final Scored DATE = Scored.by(new RegexScorer(), "{\"pattern\": \"\\\\d{4}-\\\\d\\\\d\"}");

    @Test
    void matches_the_whole_text() {
        assertThat(DATE.text(" 2026-11 "))
                .isEqualTo(new Score("regex@1", 1, Score.Outcome.SCORED, "matches \\d{4}-\\d\\d"));
        assertThat(DATE.text("in 2026-11"))
                .isEqualTo(new Score(
                        "regex@1", 0, Score.Outcome.SCORED, "is \"in 2026-11\", which does not match \\d{4}-\\d\\d"));
    }

    @Test
    void matches_a_part_when_told_to_find() {
        assertThat(DATE.with("{\"find\": true}").value("in 2026-11")).isEqualTo(1);
        assertThat(DATE.with("{\"find\": false}").value("in 2026-11")).isZero();
    }

    @Test
    void gives_up_on_a_pattern_that_backtracks_without_end() {
        String text = "a".repeat(60) + "b";
        assertThat(Scored.by(new RegexScorer(), "{\"pattern\": \"a*a*a*a*a*a*c\"}")
                        .text(text))
                .isEqualTo(new Score(
                        "regex@1",
                        0,
                        Score.Outcome.UNPARSEABLE,
                        "the pattern a*a*a*a*a*a*c backtracks too much on \"" + text
                                + "\"; write it with fewer repetitions"));
    }

    @Test
    void gives_up_on_a_pattern_that_nests_too_deep() {
        assertThat(Scored.by(new RegexScorer(), "{\"pattern\": \"(a|b)*c\"}")
                        .text("ab".repeat(200_000))
                        .outcome())
                .isEqualTo(Score.Outcome.UNPARSEABLE);
    }

    @Test
    void scores_a_nested_pattern_alike_on_a_small_and_on_a_large_stack() throws InterruptedException {
        Scored letters = Scored.by(new RegexScorer(), "{\"pattern\": \"(a|b)*\"}");
        Queue<Double> values = new ConcurrentLinkedQueue<>();
        for (long bytes : new long[] {256L << 10, 64L << 20}) {
            Thread caller = new Thread(null, () -> values.add(letters.value("ab".repeat(5_000))), "caller", bytes);
            caller.start();
            caller.join();
        }

        assertThat(values).containsExactly(1.0, 1.0);
    }

    @Test
    void searches_a_long_text_with_a_simple_pattern() {
        assertThat(DATE.with("{\"find\": true}").value("x".repeat(1_000_000) + "2026-11"))
                .isEqualTo(1);
    }

    @Test
    void says_what_is_wrong_with_its_use() {
        assertThat(Scored.by(new RegexScorer(), "{\"pattern\": \"(a\"}")
                        .with("{\"fnd\": true}")
                        .mistakes())
                .containsExactly(
                        "scorer 'regex' has no parameter 'fnd'; did you mean 'find'?",
                        "scorer 'regex' cannot read 'reference.pattern' (a: Unclosed group near index 2; correct it");
        assertThat(Scored.by(new RegexScorer(), "{}").mistakes())
                .containsExactly("scorer 'regex' needs 'reference.pattern', a regular expression; add it");
    }
}
