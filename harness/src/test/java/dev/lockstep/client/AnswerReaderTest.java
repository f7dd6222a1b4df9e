package dev.lockstep.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.client.Answer.Alternative;
import dev.lockstep.client.Answer.Token;
import dev.lockstep.client.Answer.ToolCall;
import dev.lockstep.client.Answer.Usage;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AnswerReaderTest {

    @Test
    void reads_an_answer_of_llama_cpp() throws IOException {
        Answer answer = read(fixture("llama-cpp-answer.json"));

        assertThat(answer.text()).isEqualTo("Doha");
        assertThat(answer.reasoning()).isEmpty();
        assertThat(answer.toolCalls()).isEmpty();
        assertThat(answer.finishReason()).isEqualTo("stop");
        assertThat(answer.usage()).isEqualTo(new Usage(16, 4, 0));
        assertThat(answer.systemFingerprint()).contains("b0-unknown");
        assertThat(answer.tokens()).extracting(Token::id).containsExactly(35, 78, 324, 1006);
        assertThat(answer.tokens().getFirst())
                .isEqualTo(new Token(
                        35,
                        "D",
                        -0.1073346734046936,
                        List.of(
                                new Alternative(35, "D", -0.1073346734046936),
                                new Alternative(981, "UNCLE", -4.5383381843566895))));
    }

    @Test
    void reads_an_answer_of_vllm() throws IOException {
        Answer answer = read(fixture("vllm-answer.json"));

        assertThat(answer.text()).isEmpty();
        assertThat(answer.reasoning()).isEqualTo("Two tools are needed.");
        assertThat(answer.finishReason()).isEqualTo("tool_calls");
        assertThat(answer.usage()).isEqualTo(new Usage(215, 3, 192));
        assertThat(answer.systemFingerprint()).contains("vllm-0.33.0-tp2-9f86d081");
    }

    @Test
    void keeps_a_call_without_type_and_arguments_that_are_an_object() throws IOException {
        assertThat(read(fixture("vllm-answer.json")).toolCalls())
                .containsExactly(
                        new ToolCall("chatcmpl-tool-1", "get_weather", "{\"city\": \"Zürich\"}"),
                        new ToolCall("chatcmpl-tool-2", "get_time", "{\"zone\":\"UTC\",\"digits\":[1,2]}"));
    }

    @Test
    void takes_a_sentinel_or_null_for_minus_infinity_and_leaves_such_alternatives_out() throws IOException {
        assertThat(read(fixture("vllm-answer.json")).tokens())
                .containsExactly(
                        new Token(
                                151657,
                                "token_id:151657",
                                -0.25,
                                List.of(new Alternative(151657, "token_id:151657", -0.25))),
                        new Token(90, "{", Double.NEGATIVE_INFINITY, List.of()),
                        new Token(92, "}", Double.NEGATIVE_INFINITY, List.of()));
    }

    /** What vLLM sent for a top 3: the sampled token stands before them, though it is none of them. */
    @Test
    void leaves_a_sampled_token_out_of_the_likeliest_that_is_none_of_them() {
        List<Token> tokens = read("""
                {"choices":[{"message":{"content":"zb"},"token_ids":[26,2],"logprobs":{"content":[
                  {"token":"z","logprob":-9.19,"top_logprobs":[{"token":"z","logprob":-9.19},{"token":"a","logprob":-0.3},
                    {"token":"b","logprob":-4.78}]},
                  {"token":"b","logprob":-2,"top_logprobs":[{"token":"b","logprob":-2},{"token":"a","logprob":-0.3},
                    {"token":"c","logprob":-2.5}]}]}}]}""").tokens();

        assertThat(tokens.getFirst())
                .isEqualTo(new Token(
                        26, "z", -9.19, List.of(new Alternative(-1, "a", -.3), new Alternative(-1, "b", -4.78))));
        assertThat(tokens.getLast().top()).extracting(Alternative::text).containsExactly("b", "a", "c");
    }

    @Test
    void keeps_a_sampled_token_that_is_listed_alone() {
        assertThat(read("""
                {"choices":[{"message":{"content":"z"},"logprobs":{"content":[
                  {"token":"z","logprob":-9.19,"top_logprobs":[{"token":"z","logprob":-9.19}]}]}}]}""").tokens().getFirst().top()).containsExactly(new Alternative(-1, "z", -9.19));
    }

    @Test
    void joins_the_text_parts_of_a_content_array() {
        assertThat(read(message("\"content\":[{\"type\":\"text\",\"text\":\"a\"},{\"type\":\"text\",\"text\":\"b\"}]"))
                        .text())
                .isEqualTo("ab");
    }

    @Test
    void reads_both_names_of_the_reasoning() {
        assertThat(read(message("\"reasoning\":\"new\"")).reasoning()).isEqualTo("new");
        assertThat(read(message("\"reasoning_content\":\"old\"")).reasoning()).isEqualTo("old");
        assertThat(read(message("\"reasoning\":null,\"reasoning_content\":\"old\""))
                        .reasoning())
                .isEqualTo("old");
    }

    @Test
    void keeps_an_unknown_finish_reason_and_reads_null_as_empty() {
        assertThat(read("{\"choices\":[{\"message\":{},\"finish_reason\":\"abort\"}]}")
                        .finishReason())
                .isEqualTo("abort");
        assertThat(read("{\"choices\":[{\"message\":{},\"finish_reason\":null}]}")
                        .finishReason())
                .isEmpty();
    }

    @Test
    void keeps_empty_arguments_empty() {
        assertThat(read(message("\"tool_calls\":[{\"id\":\"1\",\"function\":{\"name\":\"f\",\"arguments\":\"\"}}]"))
                        .toolCalls())
                .containsExactly(new ToolCall("1", "f", ""));
    }

    @Test
    void reads_the_first_of_several_choices() {
        assertThat(read("{\"choices\":[{\"message\":{\"content\":\"one\"}},{\"message\":{\"content\":\"two\"}}]}")
                        .text())
                .isEqualTo("one");
    }

    @Test
    void says_minus_one_where_the_server_says_nothing() {
        Answer answer = read("{\"choices\":[{\"message\":{\"content\":\"x\"},\"logprobs\":{\"content\":"
                + "[{\"token\":\"x\",\"logprob\":-1.5},{\"token\":\"token_id:y\",\"logprob\":-Infinity}]}}],"
                + "\"usage\":{\"prompt_tokens\":3,\"prompt_tokens_details\":null}}");

        assertThat(answer.usage()).isEqualTo(new Usage(3, -1, -1));
        assertThat(answer.tokens())
                .containsExactly(
                        new Token(-1, "x", -1.5, List.of()),
                        new Token(-1, "token_id:y", Double.NEGATIVE_INFINITY, List.of()));
        assertThat(answer.systemFingerprint()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "[]",
                "not json",
                "{\"choices\":[]}",
                "{\"choices\":[{\"text\":\"a completion\"}]}",
                "{\"error\":{\"message\":\"no\"}}",
                "{\"choices\":[{\"message\":{}}]} and more"
            })
    void is_empty_for_what_is_no_chat_completion(String body) {
        assertThat(AnswerReader.read(body)).isEmpty();
    }

    private static Answer read(String body) {
        return AnswerReader.read(body).orElseThrow();
    }

    private static String message(String fields) {
        return "{\"choices\":[{\"message\":{" + fields + "}}]}";
    }

    private static String fixture(String name) throws IOException {
        try (InputStream file = AnswerReaderTest.class.getResourceAsStream("/client/" + name)) {
            return new String(Objects.requireNonNull(file, name).readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
