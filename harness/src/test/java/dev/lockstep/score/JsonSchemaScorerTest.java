package dev.lockstep.score;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonSchemaScorerTest {
    private static final Scored PERSON = schema("""
            {"type": "object", "required": ["name"], "additionalProperties": false,
             "properties": {"name": {"type": "string"}, "age": {"type": "integer", "minimum": 0}}}""");

    @Test
    void accepts_a_valid_value() {
        assertThat(PERSON.text(" {\"name\": \"Ida\", \"age\": 7} "))
                .isEqualTo(new Score("json_schema@1", 1, Score.Outcome.SCORED, "is valid"));
    }

    @Test
    void names_every_broken_keyword_and_its_place() {
        assertThat(PERSON.text("{\"age\": -1, \"size\": 2}"))
                .isEqualTo(new Score(
                        "json_schema@1",
                        0,
                        Score.Outcome.SCORED,
                        "/age breaks 'minimum', the value breaks 'additionalProperties' (size), "
                                + "the value breaks 'required' (name)"));
    }

    @Test
    void speaks_the_same_language_on_every_machine() {
        Locale before = Locale.getDefault();
        try {
            Locale.setDefault(Locale.GERMANY);
            assertThat(PERSON.text("[]").detail()).isEqualTo("the value breaks 'type'");
        } finally {
            Locale.setDefault(before);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "```json\n{\"name\": \"Ida\"}\n```",
                "```\n{\"name\": \"Ida\"}```",
                " ```JSON \r\n{\"name\": \"Ida\"}\r\n``` "
            })
    void strips_a_fence_and_says_so(String text) {
        assertThat(PERSON.text(text))
                .isEqualTo(new Score("json_schema@1", 1, Score.Outcome.SCORED, "is valid (in a ```json fence)"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Ida",
                "{\"name\": \"Ida\"",
                "{\"name\": \"Ida\"} ok",
                "{\"name\": \"a\", \"name\": \"b\"}",
                "{'name': 'Ida'}"
            })
    void cannot_parse_what_is_no_json(String text) {
        assertThat(PERSON.text(text))
                .isEqualTo(new Score(
                        "json_schema@1", 0, Score.Outcome.UNPARSEABLE, "is \"" + text + "\", which is no JSON"));
    }

    @Test
    void resolves_references_inside_the_schema() {
        Scored list = schema("{\"$defs\": {\"n\": {\"type\": \"integer\"}}, \"items\": {\"$ref\": \"#/$defs/n\"}}");
        assertThat(list.mistakes()).isEmpty();
        assertThat(list.value("[1, 2]")).isEqualTo(1);
        assertThat(list.text("[1, \"2\"]").detail()).isEqualTo("/1 breaks 'type'");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"type\": \"strng\"} | /type breaks 'enum', /type breaks 'type'",
                "{\"minimun\": 1} | Keyword 'minimun' is unknown and must be configured on the meta-schema or vocabulary",
                "{\"properties\": {\"a\": {\"$ref\": \"https://example.org/a.json\"}}} | Schema from 'https://example.org/a.json' is not allowed to be loaded",
                "{\"$ref\": \"file:///etc/hostname\"} | Schema from 'file:///etc/hostname' is not allowed to be loaded",
                "{\"$schema\": \"http://json-schema.org/draft-07/schema#\"} | Unknown dialect 'http://json-schema.org/draft-07/schema#'. Only dialects that are explicitly configured can be used",
                "{\"$ref\": \"#/$defs/none\"} | Reference /$defs/none cannot be resolved"
            })
    void refuses_a_schema_that_cannot_judge(String schema, String mistake) {
        assertThat(schema(schema).mistakes())
                .containsExactly("scorer 'json_schema' cannot use 'reference.schema': " + mistake + "; correct it");
    }

    @Test
    void says_what_is_wrong_with_its_use() {
        assertThat(Scored.by(new JsonSchemaScorer(), "{}")
                        .with("{\"strict\": true}")
                        .mistakes())
                .containsExactly(
                        "scorer 'json_schema' needs 'reference.schema', a JSON schema; add it",
                        "scorer 'json_schema' has no parameter 'strict'; it takes none");
    }

    private static Scored schema(String schema) {
        return Scored.by(new JsonSchemaScorer(), "{\"schema\": " + schema + "}");
    }
}
