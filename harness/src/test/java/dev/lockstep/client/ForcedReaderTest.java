package dev.lockstep.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.client.Answer.Alternative;
import dev.lockstep.client.Answer.Token;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ForcedReaderTest {
    private static final String CHAT = """
            {"choices":[{"logprobs":{"content":[
              {"id":4,"token":"a","bytes":[97],"logprob":-0.5,"top_logprobs":[{"id":4,"token":"a","logprob":-0.5}]},
              {"id":9,"token":"","bytes":[],"logprob":-2.0,"top_logprobs":[{"id":5,"token":"b","logprob":-0.25}]}]},
              "message":{"content":"a"}}]}""";
    private static final Token A = new Token(4, "a", -.5, List.of(new Alternative(4, "a", -.5)));
    private static final Token END = new Token(9, "", -2, List.of(new Alternative(5, "b", -.25)));

    @Test
    void reads_the_tokens_that_were_wanted_of_a_chat_completion() {
        assertThat(ForcedReader.generated(CHAT, List.of(4, 9))).containsExactly(A, END);
        assertThat(ForcedReader.generated(CHAT, List.of(4))).containsExactly(A);
    }

    @Test
    void reads_the_tokens_that_were_wanted_of_a_completion_of_llama_cpp() {
        String body = """
                {"content":"a","completion_probabilities":[
                  {"id":4,"token":"a","bytes":[97],"logprob":-0.5,"top_logprobs":[{"id":4,"token":"a","logprob":-0.5}]}]}""";

        assertThat(ForcedReader.generated(body, List.of(4))).containsExactly(A);
    }

    @Test
    void reads_nothing_when_others_came() {
        assertThat(ForcedReader.generated(CHAT, List.of(5, 9))).isEmpty();
        assertThat(ForcedReader.generated(CHAT, List.of(4, 9, 9))).isEmpty();
        assertThat(ForcedReader.generated("no json", List.of(4))).isEmpty();
        assertThat(ForcedReader.generated("{}", List.of(4))).isEmpty();
    }

    @Test
    void reads_the_end_of_a_prompt_with_the_likeliest_first() {
        String body = """
                {"choices":[{"prompt_logprobs":[null,
                  {"3":{"logprob":-1.0,"rank":1,"decoded_token":"x"}},
                  {"7":{"logprob":-3.5,"rank":2,"decoded_token":"y"},"8":{"logprob":-0.125,"rank":1,"decoded_token":"z"},
                   "6":{"logprob":-9999.0,"rank":3,"decoded_token":"w"}}]}]}""";

        assertThat(ForcedReader.prompted(body, List.of(7)))
                .containsExactly(new Token(
                        7, "y", -3.5, List.of(new Alternative(8, "z", -.125), new Alternative(7, "y", -3.5))));
        assertThat(ForcedReader.prompted(body, List.of(3, 7))).hasSize(2);
    }

    @Test
    void reads_nothing_of_a_prompt_that_ended_in_others_or_was_shorter() {
        String body = "{\"prompt_logprobs\":[null,{\"3\":{\"logprob\":-1.0,\"decoded_token\":\"x\"}}]}";

        assertThat(ForcedReader.prompted(body, List.of(3))).hasSize(1);
        assertThat(ForcedReader.prompted(body, List.of(4))).isEmpty();
        assertThat(ForcedReader.prompted(body, List.of(2, 3))).isEmpty();
        assertThat(ForcedReader.prompted(body, List.of(1, 2, 3))).isEmpty();
        assertThat(ForcedReader.prompted("{\"error\":{}}", List.of(3))).isEmpty();
    }

    @Test
    void spells_whole_characters_only() {
        String body = """
                {"choices":[{"logprobs":{"content":[
                  {"id":1,"token":"\\"","bytes":[34]},{"id":2,"token":"","bytes":[195]},{"id":3,"token":"","bytes":[164]},
                  {"id":4,"token":"","bytes":[]},{"id":5,"token":"","bytes":[226,130]}]}}]}""";

        assertThat(GeneratedTokens.of(body)).isEqualTo(new GeneratedTokens(List.of(1, 2, 3, 4), "\"ä"));
        assertThat(GeneratedTokens.of(body.replace("\"id\":3", "\"no\":3")).ids())
                .isEmpty();
        assertThat(GeneratedTokens.of("")).isEqualTo(new GeneratedTokens(List.of(), ""));
    }

    @Test
    void reads_what_vllm_tells_of_its_tokens() {
        PromptedTokens tokens = PromptedTokens.of("""
                {"prompt_token_ids":[1,2],"choices":[{"token_ids":[5,6,0],"finish_reason":"stop","message":{"content":"ok"}}]}""");

        assertThat(tokens).isEqualTo(new PromptedTokens(List.of(1, 2), List.of(5, 6, 0), true, "ok"));
        assertThat(tokens.continued()).containsExactly(1, 2, 5, 6);
        assertThat(new PromptedTokens(List.of(1), List.of(5), false, "").continued())
                .containsExactly(1, 5);
    }
}
