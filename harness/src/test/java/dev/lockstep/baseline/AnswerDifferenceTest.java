package dev.lockstep.baseline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.lockstep.client.Answer;
import dev.lockstep.client.AnswerReader;
import dev.lockstep.testing.Answers;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class AnswerDifferenceTest {

    @Test
    void finds_none_between_equal_answers() {
        assertThat(between(answer("Paris", -1), answer("Paris", -1))).isEmpty();
    }

    @Test
    void names_the_first_token_that_differs() {
        assertThat(between(answer("Paris", -1), answer("Perth", -1)))
                .contains(new AnswerDifference("token 1", "'a'", "'e'"));
    }

    @Test
    void names_the_end_where_one_answer_is_longer() {
        assertThat(between(answer("Par", -1), answer("Paris", -1)))
                .contains(new AnswerDifference("token 3", "(end)", "'i'"));
    }

    @Test
    void sees_the_last_bit_of_a_log_probability() {
        assertThat(between(answer("P", -1), answer("P", Math.nextDown(-1.0))))
                .contains(new AnswerDifference("logprob of token 0", "-1.0", "-1.0000000000000002"));
    }

    @Test
    void tells_tokens_of_equal_text_apart_by_their_id() {
        String body = Answers.body("P", -1);

        assertThat(between(read(body), read(body.replaceFirst("\"id\":80", "\"id\":81"))))
                .contains(new AnswerDifference("token 0", "'P'", "'P'"));
    }

    @Test
    void sees_another_alternative_of_an_equal_token() {
        String body = Answers.body("P", -1);

        assertThat(between(read(body), read(body.replace("-9.0", "-9.5"))))
                .contains(new AnswerDifference("alternatives of token 0", "'P' -1.0 '?' -9.0", "'P' -1.0 '?' -9.5"));
    }

    @Test
    void compares_texts_and_token_counts_where_there_are_no_tokens() {
        assertThat(AnswerDifference.beyondTokens(bare("a", 7), bare("b", 7)))
                .contains(new AnswerDifference("text", "a", "b"));
        assertThat(AnswerDifference.beyondTokens(bare("a", 7), bare("a", 8)))
                .contains(new AnswerDifference("prompt tokens", "7", "8"));
    }

    @Test
    void measures_the_mean_distance_up_to_the_first_other_token() {
        assertThat(distance(answer("ab", -1), answer("ab", -1.5))).isCloseTo(.5, within(1e-12));
        // 'a' is equal; at 'b' tonight's alternatives end at −9, so b's value counts as −9: (0 + 8) / 2
        assertThat(distance(answer("ab", -1), answer("ac", -1))).isCloseTo(4, within(1e-12));
        assertThat(distance(bare("a", 7), bare("b", 8))).isZero();
    }

    @Test
    void never_takes_a_sampled_token_for_unlikelier_than_it_was() {
        // 'b' was at −9.5 and is nowhere among alternatives down to −9: it may be where it was
        assertThat(distance(answer("b", -9.5), answer("c", -1))).isZero();
    }

    @Test
    void leaves_out_the_first_other_token_where_no_alternative_bounds_it() {
        assertThat(distance(alone("a", -1, "b", -2), alone("a", -1.5, "c", -3))).isCloseTo(.5, within(1e-12));
        assertThat(distance(alone("a", -1, "b", -2), alone("c", -1, "b", -2))).isZero();
    }

    @Test
    void never_takes_lost_log_probabilities_for_the_same() {
        assertThat(distance(answer("a", -1), bare("a", 7))).isEqualTo(10);
        assertThat(distance(bare("a", 7), answer("a", -1))).isEqualTo(10);
    }

    @Test
    void measures_a_finite_distance_where_a_probability_is_zero() {
        Answer impossible = new Answer(
                "a",
                "",
                List.of(),
                "stop",
                new Answer.Usage(7, 1, 0),
                List.of(new Answer.Token(97, "a", Double.NEGATIVE_INFINITY, List.of())),
                Optional.empty());

        assertThat(distance(impossible, impossible)).isZero();
        assertThat(distance(answer("a", -1), impossible)).isEqualTo(99);
    }

    private static Answer answer(String text, double logprob) {
        return read(Answers.body(text, logprob));
    }

    private static Answer read(String body) {
        return AnswerReader.read(body).orElseThrow();
    }

    private static Optional<AnswerDifference> between(Answer baseline, Answer tonight) {
        return AnswerDifference.tokens(baseline.tokens(), tonight.tokens());
    }

    /** Two tokens without alternatives. */
    private static Answer alone(String first, double one, String second, double other) {
        return new Answer(
                first + second,
                "",
                List.of(),
                "stop",
                new Answer.Usage(7, 2, 0),
                List.of(
                        new Answer.Token(first.charAt(0), first, one, List.of()),
                        new Answer.Token(second.charAt(0), second, other, List.of())),
                Optional.empty());
    }

    private static Answer bare(String text, int promptTokens) {
        return new Answer(
                text, "", List.of(), "stop", new Answer.Usage(promptTokens, 1, 0), List.of(), Optional.empty());
    }

    private static double distance(Answer then, Answer now) {
        return AnswerDistance.between(then.tokens(), now.tokens());
    }
}
