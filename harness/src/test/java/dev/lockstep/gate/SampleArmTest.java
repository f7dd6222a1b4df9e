package dev.lockstep.gate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.client.AnswerReader;
import dev.lockstep.gate.SampleArm.Draw;
import dev.lockstep.run.Sample;
import dev.lockstep.run.SampleKey;
import dev.lockstep.testing.Answers;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class SampleArmTest {
    private static final SampleKey KEY = new SampleKey("draws", "c", 0);

    @Test
    void takes_the_ids_of_the_tokens() {
        assertThat(draw(Answers.body("ab", -1))).isEqualTo(new Draw(List.of(97, 98), false, false, false));
    }

    @Test
    void tells_tokens_apart_by_their_text_where_the_server_sends_no_ids() {
        Draw draw = draw("""
                {"choices": [{"finish_reason": "length", "message": {"content": "ab"}, "logprobs": {"content": [
                  {"token": "a", "logprob": -1, "top_logprobs": []}, {"token": "b", "logprob": -1, "top_logprobs": []}]}}]}
                """);

        assertThat(draw).isEqualTo(new Draw(List.of("a".hashCode(), "b".hashCode()), false, true, false));
    }

    @Test
    void compares_the_letters_of_text_and_calls_where_there_are_no_tokens() {
        Draw draw = draw("""
                {"choices": [{"finish_reason": "tool_calls", "message": {"content": "x", "tool_calls": [
                  {"id": "1", "type": "function", "function": {"name": "f", "arguments": "{}"}}]}}]}
                """);

        assertThat(draw).isEqualTo(new Draw("xf{}".chars().boxed().toList(), false, false, true));
    }

    @Test
    void has_no_token_of_a_refusal() {
        Sample refused = Answers.refused(KEY);

        assertThat(Draw.of(refused, Optional.empty())).isEqualTo(new Draw(List.of(), true, false, false));
    }

    @Test
    void gives_every_prompt_the_same_weight() {
        Draw one = new Draw(List.of(1), false, false, false);
        Draw three = new Draw(List.of(1, 2, 3), false, false, true);
        SampleArm arm = new SampleArm(List.of(List.of(one), List.of(three, three, three)));

        assertThat(arm.size()).isEqualTo(4);
        assertThat(arm.mean(SampleMetric.LENGTH)).isEqualTo(2);
        assertThat(arm.mean(SampleMetric.CALLED)).isEqualTo(.5);
        assertThat(SampleArm.pooled(List.of(arm, arm)).prompts().getFirst()).containsExactly(one, one);
    }

    private static Draw draw(String body) {
        return Draw.of(Answers.answered(KEY, body), AnswerReader.read(body));
    }
}
