package dev.lockstep.baseline;

import static dev.lockstep.baseline.FingerprintAspect.LOGPROBS;
import static dev.lockstep.baseline.FingerprintAspect.PREFILL;
import static dev.lockstep.baseline.FingerprintAspect.TOKENS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.lockstep.client.Answer;
import dev.lockstep.client.AnswerReader;
import dev.lockstep.run.ForcedExchange;
import dev.lockstep.run.SampleKey;
import dev.lockstep.testing.Answers;
import java.util.List;
import org.junit.jupiter.api.Test;

final class FingerprintAspectTest {
    private static final Answer PARIS = answer("Paris", -1);

    @Test
    void counts_a_moved_log_probability_once() {
        Answer moved = answer("Paris", Math.nextDown(-1.0));

        assertThat(TOKENS.difference(PARIS, moved)).isEmpty();
        assertThat(TOKENS.distance(PARIS, moved)).isZero();
        assertThat(LOGPROBS.difference(PARIS, moved))
                .contains(new AnswerDifference("logprob of token 0", "-1.0", "-1.0000000000000002"));
        assertThat(LOGPROBS.distance(PARIS, moved)).isCloseTo(2.2e-16, within(1e-17));
    }

    @Test
    void counts_another_token_once_when_what_led_to_it_is_the_same() {
        Answer longer = answer("Parish", -1);

        assertThat(TOKENS.difference(PARIS, longer)).contains(new AnswerDifference("token 5", "(end)", "'h'"));
        assertThat(TOKENS.distance(PARIS, longer)).isEqualTo(1);
        assertThat(LOGPROBS.difference(PARIS, longer)).isEmpty();
        assertThat(LOGPROBS.distance(PARIS, longer)).isZero();
    }

    @Test
    void compares_the_alternatives_at_the_first_other_token_for_they_follow_the_same_ones() {
        Answer perth = answer("Perth", -1);

        assertThat(TOKENS.difference(PARIS, perth)).contains(new AnswerDifference("token 1", "'a'", "'e'"));
        assertThat(LOGPROBS.difference(PARIS, perth))
                .contains(new AnswerDifference("alternatives of token 1", "'a' -1.0 '?' -9.0", "'e' -1.0 '?' -9.0"));
    }

    @Test
    void takes_a_sampled_token_with_the_same_alternatives_for_no_change_of_log_probabilities() {
        String sampled = Answers.body("a", -1).replaceFirst("\"id\":97,\"token\":\"a\"", "\"id\":1,\"token\":\"?\"");
        Answer other = read(sampled);

        assertThat(TOKENS.difference(answer("a", -1), other)).contains(new AnswerDifference("token 0", "'a'", "'?'"));
        assertThat(LOGPROBS.difference(answer("a", -1), other)).isEmpty();
    }

    @Test
    void measures_along_the_tokens_that_an_answer_was_made_to_follow() {
        Answer perth = forced(Answers.body("Perth", -1), Answers.following("Paris", -1.5));

        assertThat(LOGPROBS.distance(PARIS, perth)).isCloseTo(.5, within(1e-12));
        assertThat(LOGPROBS.tokens(perth)).hasSize(5);
        assertThat(TOKENS.distance(PARIS, perth)).isEqualTo(1);
    }

    @Test
    void takes_the_answer_itself_when_it_was_made_to_follow_others_in_vain() {
        ForcedExchange other = Answers.following("Perth", -1.5);
        Answer strayed = forced(
                Answers.body("Perth", -1),
                new ForcedExchange(other.half(), List.of((int) 'P', (int) 'a'), other.request(), other.exchange()));

        assertThat(LOGPROBS.tokens(strayed)).isEqualTo(answer("Perth", -1).tokens());
    }

    @Test
    void compares_prompt_tokens_where_both_have_them() {
        Answer then = forced(Answers.body("Paris", -1), Answers.prompted("Paris", -2));
        Answer now = forced(Answers.body("Perth", -1), Answers.prompted("Paris", -2.25));

        assertThat(PREFILL.comparable(then, now)).isTrue();
        assertThat(PREFILL.comparable(PARIS, now)).isFalse();
        assertThat(PREFILL.comparable(then, PARIS)).isFalse();
        assertThat(PREFILL.distance(then, now)).isCloseTo(.25, within(1e-12));
        assertThat(PREFILL.difference(then, now)).contains(new AnswerDifference("logprob of token 0", "-2.0", "-2.25"));
        assertThat(PREFILL.difference(then, then)).isEmpty();
        assertThat(LOGPROBS.tokens(then)).isEqualTo(PARIS.tokens());
    }

    @Test
    void says_nothing_of_log_probabilities_beyond_the_first_other_token() {
        String then = Answers.body("ab", -1);
        String now = then.replaceFirst("\"id\":97,\"token\":\"a\"", "\"id\":1,\"token\":\"?\"")
                .replace("\"token\":\"b\",\"logprob\":-1.0", "\"token\":\"b\",\"logprob\":-5.0");

        assertThat(LOGPROBS.difference(read(then), read(now))).isEmpty();
    }

    @Test
    void compares_what_was_made_of_equal_tokens() {
        String body = Answers.body("Paris", -1);

        assertThat(TOKENS.difference(PARIS, read(body.replace("\"stop\"", "\"length\""))))
                .contains(new AnswerDifference("finish reason", "stop", "length"));
        assertThat(TOKENS.difference(PARIS, read(body.replace("\"prompt_tokens\":7", "\"prompt_tokens\":8"))))
                .contains(new AnswerDifference("prompt tokens", "7", "8"));
        assertThat(TOKENS.difference(bare("a"), bare("b"))).contains(new AnswerDifference("text", "a", "b"));
        assertThat(LOGPROBS.difference(PARIS, read(body.replace("\"stop\"", "\"length\""))))
                .isEmpty();
    }

    @Test
    void has_no_log_probabilities_to_compare_where_both_lack_tokens() {
        assertThat(LOGPROBS.comparable(bare("a"), bare("b"))).isFalse();
        assertThat(TOKENS.comparable(bare("a"), bare("b"))).isTrue();
    }

    @Test
    void calls_tokens_different_that_only_one_side_has() {
        assertThat(LOGPROBS.comparable(PARIS, bare("Paris"))).isTrue();
        assertThat(LOGPROBS.comparable(bare("Paris"), PARIS)).isTrue();
        assertThat(LOGPROBS.difference(PARIS, bare("Paris")))
                .contains(new AnswerDifference("log-probabilities", "of 5 tokens", "none"));
        assertThat(LOGPROBS.difference(bare("Paris"), PARIS))
                .contains(new AnswerDifference("log-probabilities", "none", "of 5 tokens"));
        assertThat(TOKENS.difference(PARIS, bare("Paris"))).contains(new AnswerDifference("token 0", "'P'", "(end)"));
        assertThat(LOGPROBS.distance(PARIS, bare("Paris"))).isEqualTo(10);
    }

    private static Answer answer(String text, double logprob) {
        return read(Answers.body(text, logprob));
    }

    private static Answer bare(String text) {
        return read(Answers.bare(text));
    }

    private static Answer read(String body) {
        return AnswerReader.read(body).orElseThrow();
    }

    private static Answer forced(String body, ForcedExchange forced) {
        return Answers.answered(new SampleKey("s", "c", 0), body, forced)
                .answer()
                .orElseThrow();
    }
}
