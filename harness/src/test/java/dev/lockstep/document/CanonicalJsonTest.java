package dev.lockstep.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.FloatNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.TextNode;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CanonicalJsonTest {
    private static final JsonMapper EXACT = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    @Test
    void keys_are_sorted_by_utf_16_unit_at_every_depth() throws JsonProcessingException {
        JsonNode value = EXACT.readTree("{\"b\":[{\"z\":1,\"a\":2}],\"B\":null,\"\uE000\":1,\"😀\":2,\"\":true}");

        assertThat(CanonicalJson.compact(value))
                .isEqualTo("{\"\":true,\"B\":null,\"b\":[{\"a\":2,\"z\":1}],\"😀\":2,\"\uE000\":1}");
    }

    @ParameterizedTest
    @CsvSource({
        "1, 1",
        "1.0, 1",
        "1e0, 1",
        "-0.0, 0",
        "0.10, 0.1",
        "1e-6, 0.000001",
        "1E-7, 1E-7",
        "0.00000010, 1E-7",
        "1e20, 100000000000000000000",
        "100000000000000000000.0, 100000000000000000000",
        "1e21, 1E+21",
        "1000000000000000000000, 1E+21",
        "18446744073709551615, 18446744073709551615",
        "0.10000000000000000001, 0.10000000000000000001"
    })
    void number_has_one_spelling(String written, String canonical) throws JsonProcessingException {
        assertThat(CanonicalJson.compact(EXACT.readTree(written))).isEqualTo(canonical);
        assertThat(CanonicalJson.compact(EXACT.readTree(canonical))).isEqualTo(canonical);
    }

    @Test
    void decimals_are_spelled_alike_whatever_type_holds_them() throws JsonProcessingException {
        assertThat(CanonicalJson.compact(DoubleNode.valueOf(0.1))).isEqualTo("0.1");
        assertThat(CanonicalJson.compact(FloatNode.valueOf(0.1f))).isEqualTo("0.1");
        assertThat(CanonicalJson.compact(EXACT.readTree("0.1"))).isEqualTo("0.1");
    }

    @Test
    void equal_values_become_equal_nodes() throws JsonProcessingException {
        JsonNode one = EXACT.readTree("{\"a\":[1,0.50],\"b\":18446744073709551615}");
        JsonNode other = new JsonMapper().readTree("{\"b\":18446744073709551615,\"a\":[1.0,0.5]}");

        assertThat(CanonicalJson.normal(one)).isEqualTo(CanonicalJson.normal(other));
    }

    @Test
    void not_a_number_is_refused() {
        assertThatThrownBy(() -> CanonicalJson.compact(DoubleNode.valueOf(Double.NaN)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("JSON has no NaN");
    }

    @Test
    void pretty_text_ends_its_lines_with_line_feeds() throws JsonProcessingException {
        assertThat(CanonicalJson.pretty(EXACT.readTree("{\"b\":[1,{\"c\":[]}],\"a\":{}}")))
                .isEqualTo("""
                        {
                          "a": {},
                          "b": [
                            1,
                            {
                              "c": []
                            }
                          ]
                        }
                        """);
    }

    @Test
    void half_a_surrogate_pair_is_escaped_so_that_digests_differ() {
        assertThat(CanonicalJson.compact(TextNode.valueOf("a\uD83D"))).isEqualTo("\"a\\ud83d\"");
        assertThat(CanonicalJson.compact(TextNode.valueOf("\uDE00\uD83D"))).isEqualTo("\"\\ude00\\ud83d\"");
        assertThat(CanonicalJson.compact(TextNode.valueOf("\uD83D\uDE00"))).isEqualTo("\"😀\"");
        assertThat(CanonicalJson.sha256(TextNode.valueOf("\uD83D")))
                .isNotEqualTo(CanonicalJson.sha256(TextNode.valueOf("\uD83E")));
    }

    @Test
    void digest_is_that_of_the_compact_text() {
        assertThat(CanonicalJson.sha256(JsonNodeFactory.instance.objectNode().put("ä", 1)))
                .isEqualTo(Sha256.of("{\"ä\":1}".getBytes(StandardCharsets.UTF_8)));
    }
}
