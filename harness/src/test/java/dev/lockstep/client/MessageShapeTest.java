package dev.lockstep.client;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class MessageShapeTest {
    private static final String LOGPROBS =
            "\"logprobs\":{\"content\":[{\"token\":\"<think>\",\"logprob\":-1},{\"token\":\"Hi\",\"logprob\":-1}]}";

    @Test
    void is_the_same_whatever_the_ids_of_calls_and_the_fields_that_hold_nothing() {
        assertThat(of("{\"content\":null,\"tool_calls\":[{\"id\":\"a\",\"function\":{\"name\":\"f\"}}]}"))
                .isEqualTo(of("{\"tool_calls\":[{\"id\":\"b\",\"function\":{\"name\":\"f\"}}],\"reasoning\":\"\"}"));
    }

    @Test
    void differs_by_the_name_under_which_a_part_stands() {
        assertThat(of("{\"content\":\"Hi\",\"reasoning_content\":\"so\"}"))
                .isNotEqualTo(of("{\"content\":\"Hi\",\"reasoning\":\"so\"}"));
    }

    @Test
    void differs_by_what_a_parser_took_out_of_the_text() {
        MessageShape parsed = of("{\"content\":\"Hi\"}");
        MessageShape raw = of("{\"content\":\"<think>Hi\"}");

        assertThat(parsed).isNotEqualTo(raw);
        assertThat(parsed.isOfSameTokens(raw)).isTrue();
    }

    @Test
    void is_unknown_where_the_server_tells_no_tokens() {
        assertThat(MessageShape.of("{\"choices\":[{\"message\":{\"content\":\"Hi\"}}]}"))
                .isEmpty();
        assertThat(MessageShape.of("not JSON")).isEmpty();
    }

    private static MessageShape of(String message) {
        return MessageShape.of(
                        "{\"choices\":[{\"message\":" + message + ",\"finish_reason\":\"stop\"," + LOGPROBS + "}]}")
                .orElseThrow();
    }
}
