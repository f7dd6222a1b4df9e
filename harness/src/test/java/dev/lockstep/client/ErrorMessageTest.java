package dev.lockstep.client;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ErrorMessageTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"error\":{\"message\":\"too large\",\"code\":400}} | too large",
                "{\"object\":\"error\",\"message\":\"no such model\"}  | no such model",
                "{\"detail\":\"Not Found\"}                            | Not Found",
                "{\"error\":\"model is loading\"}                      | model is loading",
                "{\"code\":7}                                          | {\"code\":7}",
                "<html> bad gateway </html>                            | <html> bad gateway </html>"
            })
    void finds_the_message_where_engines_put_it(String body, String message) {
        assertThat(ErrorMessage.of(body)).isEqualTo(message);
    }

    @Test
    void is_one_line_of_at_most_200_characters() {
        assertThat(ErrorMessage.of("a\n\tb")).isEqualTo("a b");
        assertThat(ErrorMessage.of("x".repeat(300))).isEqualTo("x".repeat(200) + "…");
        assertThat(ErrorMessage.of("")).isEmpty();
    }
}
