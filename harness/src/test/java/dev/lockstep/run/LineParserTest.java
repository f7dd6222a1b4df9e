package dev.lockstep.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;

final class LineParserTest {
    private static final String BODY =
            "{\"choices\":[{\"message\":{\"content\":\"a \\\"}\\\" ä 😀\"},\"p\":[-0.25,1e-3]}],\"n\":1.0}";

    @Test
    void keeps_the_body_of_a_response_as_the_text_that_stands_in_the_line() throws JsonProcessingException {
        JsonNode line = parse(
                "{\"kind\":\"sample\",\"request\":{\"response\":{\"body\":{\"x\":1}}},\"response\":{\"status\":200,\"body\":"
                        + BODY + ",\"headers\":{\"a\":\"b\"}},\"seed\":7}");

        assertThat(line.at("/response/body").textValue()).isEqualTo(BODY);
        assertThat(line.at("/response/status").intValue()).isEqualTo(200);
        assertThat(line.at("/response/headers/a").textValue()).isEqualTo("b");
        assertThat(line.at("/request/response/body/x").intValue()).isEqualTo(1);
        assertThat(line.at("/seed").intValue()).isEqualTo(7);
    }

    @Test
    void does_so_in_what_was_asked_beside_a_sample() throws JsonProcessingException {
        JsonNode line = parse("{\"forced\":[{\"half\":\"decode\",\"response\":{\"body\":" + BODY
                + "}},{\"follows\":[1,2],\"response\":{\"body\":\"no json\"}}],\"seed\":7}");

        assertThat(line.at("/forced/0/response/body").textValue()).isEqualTo(BODY);
        assertThat(line.at("/forced/1/response/body").textValue()).isEqualTo("no json");
        assertThat(line.at("/forced/1/follows")).hasToString("[1,2]");
        assertThat(line.at("/seed").intValue()).isEqualTo(7);
    }

    @Test
    void finds_the_body_in_lines_longer_than_any_buffer() throws JsonProcessingException {
        String long_ = "{\"text\":\"" + "ä😀x".repeat(50_000) + "\"}";

        JsonNode line =
                parse("{\"request\":\"" + "y".repeat(70_000) + "\",\"response\":{\"body\":" + long_ + "},\"seed\":7}");

        assertThat(line.at("/response/body").textValue()).isEqualTo(long_);
        assertThat(line.at("/seed").intValue()).isEqualTo(7);
    }

    @Test
    void reads_any_other_line_as_it_is() throws JsonProcessingException {
        for (String text : new String[] {"{}", "[1,{\"a\":2}]", "7", "{\"response\":7,\"forced\":null}"}) {
            assertThat(parse(text)).isEqualTo(new ObjectMapper().readTree(text));
        }
    }

    @Test
    void rejects_a_torn_line_wherever_it_ends() {
        String whole = "{\"response\":{\"body\":" + BODY + "},\"seed\":7}";

        for (int end = 1; end < whole.length(); end++) {
            String torn = whole.substring(0, end);
            assertThatThrownBy(() -> parse(torn)).as(torn).isInstanceOf(JsonProcessingException.class);
        }
    }

    private static JsonNode parse(String line) throws JsonProcessingException {
        return new LineParser(line).parse();
    }
}
