package dev.lockstep.stack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.client.Answer.Alternative;
import dev.lockstep.client.Answer.Token;
import dev.lockstep.lock.Check.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;

/** When log-probabilities are those of lock time. */
final class LogprobComparisonTest {
    private static final List<String> PROMPTS = List.of("capital", "code", "sea", "sum");

    @Test
    void equal_bits_are_the_same_on_any_stack() {
        assertThat(compare(shifted(0, 0, 0), shifted(0), true))
                .isEqualTo(new LogprobComparison.Result(Outcome.MATCH, "as recorded", "equal", "bit by bit"));
        assertThat(compare(shifted(0, .001, .002), shifted(.002, 0), false).outcome())
                .isEqualTo(Outcome.MATCH);
    }

    @Test
    void any_other_bit_counts_where_the_lock_holds_the_stack_to_its_bits() {
        assertThat(compare(shifted(0, 0, 0), shifted(.0002, .0002, .0002), true))
                .isEqualTo(new LogprobComparison.Result(
                        Outcome.MISMATCH,
                        "equal",
                        "0.0002 nats from it",
                        "mean |Δ log-probability|; both repeat themselves bit by bit"));
    }

    @Test
    void where_it_does_not_other_bits_of_another_start_are_noise() {
        assertThat(compare(shifted(0, 0, 0), shifted(.0002, .0002, .0002), false)
                        .outcome())
                .isEqualTo(Outcome.MATCH);
        assertThat(compare(shifted(0, .02, .01), shifted(.015, .005, .025), false)
                        .outcome())
                .isEqualTo(Outcome.MATCH);
    }

    @Test
    void a_stack_that_does_not_repeat_itself_is_not_held_to_its_bits() {
        assertThat(compare(shifted(0, .02, .01), shifted(.015, .005, .025), true)
                        .outcome())
                .isEqualTo(Outcome.MATCH);
    }

    @Test
    void farther_apart_than_repetitions_and_than_the_noise_band_is_other() {
        LogprobComparison.Result result = compare(shifted(0, .02, .01), shifted(.2, .21, .22), false);

        assertThat(result.outcome()).isEqualTo(Outcome.MISMATCH);
        assertThat(result.expected()).isEqualTo("within 0.0200 nats");
        assertThat(result.found()).isEqualTo("0.2000 nats from it");
        assertThat(result.note()).startsWith("mean |Δ log-probability| 0.2000 nats, noise band 0.0200 nats, p = 0.000");
    }

    @Test
    void an_answer_is_compared_up_to_its_first_other_token() {
        List<Token> one = List.of(token("a", -.5), token("b", -.5), token("c", -.5));
        List<Token> other = List.of(token("a", -.6), token("x", -.5), token("c", -9));

        // "a": .1 and .1; "b" and "x" list each other's tokens at most with their own least, -3: 2.5 and 2.5, and 0 for
        // "?".
        assertThat(AnswerTops.distance(one, other)).isGreaterThan(.5).isLessThan(2);
        assertThat(AnswerTops.distance(one, one)).isZero();
    }

    private static LogprobComparison.Result compare(Logprobs then, Logprobs now, boolean invariant) {
        return new LogprobComparison(then, invariant, 1).compare(now);
    }

    /** Answers of one token each, by how much less likely each repetition finds it. */
    private static Logprobs shifted(double... shifts) {
        SortedMap<String, List<List<Token>>> answers = new TreeMap<>();
        for (String prompt : PROMPTS) {
            List<List<Token>> repeats = new ArrayList<>();
            DoubleStream.of(shifts).forEach(shift -> repeats.add(List.of(shiftedToken(shift))));
            answers.put(prompt, repeats);
        }
        return new Logprobs(answers, "");
    }

    private static Token shiftedToken(double shift) {
        return new Token(1, "a", -1 - shift, List.of(new Alternative(1, "a", -1 - shift)));
    }

    private static Token token(String text, double logprob) {
        return new Token(-1, text, logprob, List.of(new Alternative(-1, text, logprob), new Alternative(-1, "?", -3)));
    }
}
