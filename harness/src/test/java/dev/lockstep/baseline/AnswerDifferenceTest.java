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
        assertThat(AnswerDifference.between(answer("Paris", -1), answer("Paris", -1)))
                .isEmpty();
    }

    @Test
    void names_the_first_token_that_differs() {
        assertThat(AnswerDifference.between(answer("Paris", -1), answer("Perth", -1)))
                .contains(new AnswerDifference("token 1", "'a'", "'e'"));
    }

    @Test
    void names_the_end_where_one_answer_is_longer() {
        assertThat(AnswerDifference.between(answer("Par", -1), answer("Paris", -1)))
                .contains(new AnswerDifference("token 3", "(end)", "'i'"));
    }

    @Test
    void sees_the_last_bit_of_a_log_probability() {
        assertThat(AnswerDifference.between(answer("P", -1), answer("P", Math.nextDown(-1.0))))
                .contains(new AnswerDifference("logprob of token 0", "-1.0", "-1.0000000000000002"));
    }

    @Test
    void tells_tokens_of_equal_text_apart_by_their_id() {
        String body = Answers.body("P", -1);

        assertThat(AnswerDifference.between(read(body), read(body.replaceFirst("\"id\":80", "\"id\":81"))))
                .contains(new AnswerDifference("token 0", "'P'", "'P'"));
    }

    @Test
    void sees_another_alternative_of_an_equal_token() {
        String body = Answers.body("P", -1);

        assertThat(AnswerDifference.between(read(body), read(body.replace("-9.0", "-9.5"))))
                .contains(new AnswerDifference("alternatives of token 0", "'P' -1.0 '?' -9.0", "'P' -1.0 '?' -9.5"));
    }

    @Test
    void compares_texts_and_token_counts_where_there_are_no_tokens() {
        assertThat(AnswerDifference.between(bare("a", 7), bare("b", 7)))
                .contains(new AnswerDifference("text", "a", "b"));
        assertThat(AnswerDifference.between(bare("a", 7), bare("a", 8)))
                .contains(new AnswerDifference("prompt tokens", "7", "8"));
    }

    @Test
    void measures_the_mean_distance_up_to_the_first_other_token() {
        assertThat(AnswerDistance.between(answer("ab", -1), answer("ab", -1.5))).isCloseTo(.5, within(1e-12));
        // 'a' is equal; at 'b' tonight's alternatives end at −9, so b's value counts as −9: (0 + 8) / 2
        assertThat(AnswerDistance.between(answer("ab", -1), answer("ac", -1))).isCloseTo(4, within(1e-12));
        assertThat(AnswerDistance.between(bare("a", 7), bare("a", 7))).isZero();
        assertThat(AnswerDistance.between(bare("a", 7), bare("b", 7))).isEqualTo(10);
    }

    @Test
    void never_takes_lost_tokens_or_another_outcome_for_the_same() {
        String body = Answers.body("ab", -1);

        assertThat(AnswerDistance.between(answer("a", -1), bare("a", 7)))
                .as("log-probabilities are gone")
                .isEqualTo(10);
        assertThat(AnswerDistance.between(bare("a", 7), bare("a", 8)))
                .as("a longer prompt")
                .isEqualTo(10);
        assertThat(AnswerDistance.between(calling("{}"), calling("{}"))).isZero();
        assertThat(AnswerDistance.between(calling("{}"), calling("{\"x\":1}")))
                .as("another tool call")
                .isEqualTo(10);
        assertThat(AnswerDistance.between(read(body), read(body.replace("\"stop\"", "\"length\""))))
                .as("equal tokens, another end")
                .isCloseTo(10 / 3.0, within(1e-12));
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

        assertThat(AnswerDistance.between(impossible, impossible)).isZero();
        assertThat(AnswerDistance.between(answer("a", -1), impossible)).isEqualTo(99);
    }

    private static Answer answer(String text, double logprob) {
        return read(Answers.body(text, logprob));
    }

    private static Answer read(String body) {
        return AnswerReader.read(body).orElseThrow();
    }

    private static Answer calling(String arguments) {
        return new Answer(
                "",
                "",
                List.of(new Answer.ToolCall("call-1", "look", arguments)),
                "tool_calls",
                new Answer.Usage(7, 1, 0),
                List.of(),
                Optional.empty());
    }

    private static Answer bare(String text, int promptTokens) {
        return new Answer(
                text, "", List.of(), "stop", new Answer.Usage(promptTokens, 1, 0), List.of(), Optional.empty());
    }
}
