package dev.lockstep.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class FieldsTest {
    private final Problems problems = new Problems();

    @Test
    void reads_each_type() {
        Fields fields = fields("id: a\nflag: true\ncount: 3\nshare: 0.5\nwords: [x, y]\nnested: {z: 1}\n");

        assertThat(fields.requiredText("id", "give one")).isEqualTo("a");
        assertThat(fields.flag("flag", false)).isTrue();
        assertThat(fields.integer("count", 1, 1, 3)).isEqualTo(3);
        assertThat(fields.number("share", 1)).isEqualTo(0.5);
        assertThat(fields.number("count", 1)).isEqualTo(3);
        assertThat(fields.texts("words")).containsExactly("x", "y");
        assertThat(fields.mapping("nested").toJson()).hasToString("{\"z\":1}");
        assertThat(fields.choice("id", Map.of("a", 7), 0)).isEqualTo(7);
        fields.rejectUnknown();
        assertThat(problems.list()).isEmpty();
    }

    @Test
    void absent_fields_take_their_defaults() {
        Fields fields = fields("other: 1\n");

        assertThat(fields.text("id")).isEmpty();
        assertThat(fields.text("id", "a")).isEqualTo("a");
        assertThat(fields.flag("flag", true)).isTrue();
        assertThat(fields.integer("count", 5, 0, 1)).isEqualTo(5);
        assertThat(fields.number("share", 0.25)).isEqualTo(0.25);
        assertThat(fields.texts("words")).isEmpty();
        assertThat(fields.mapping("nested").entries()).isEmpty();
        assertThat(fields.choice("kind", Map.of("a", 7), 0)).isZero();
        assertThat(fields.has("other")).isTrue();
        assertThat(problems.list()).isEmpty();
    }

    @Test
    void wrong_types_are_reported_together_and_defaults_returned() {
        Fields fields =
                fields("id: 7\nflag: 'true'\ncount: 9\nshare: x\nwords: [x, 1]\nnested: [1]\nlist: {a: 1}\nnone:\n");

        assertThat(fields.text("id", "d")).isEqualTo("d");
        assertThat(fields.flag("flag", false)).isFalse();
        assertThat(fields.integer("count", 1, 1, 3)).isEqualTo(1);
        assertThat(fields.number("share", 2)).isEqualTo(2);
        assertThat(fields.texts("words")).containsExactly("x");
        assertThat(fields.mapping("nested").entries()).isEmpty();
        assertThat(fields.items("list")).isEmpty();
        assertThat(fields.requiredText("none", "give one")).isEmpty();
        fails(
                "s.yaml:1:5: case 'a': 'id' needs text (in quotes), not 7",
                "s.yaml:2:7: case 'a': 'flag' needs true or false, not \"true\"",
                "s.yaml:3:8: case 'a': 'count' needs a whole number from 1 to 3, not 9",
                "s.yaml:4:8: case 'a': 'share' needs a number, not \"x\"",
                "s.yaml:5:12: case 'a': 'words' needs a list of texts (in quotes), not 1",
                "s.yaml:6:9: case 'a': 'nested' needs fields (name: value), not a list",
                "s.yaml:7:7: case 'a': 'list' needs a list, not a mapping",
                "s.yaml:8:6: case 'a': 'none' needs text (in quotes), not nothing");
    }

    @Test
    void missing_text_is_reported_with_its_remedy() {
        assertThat(fields("other: 1\n").requiredText("id", "give one")).isEmpty();
        fails("s.yaml:1:1: case 'a' needs 'id'; give one");
    }

    @Test
    void text_that_does_not_match_is_reported_even_when_empty() {
        Pattern lowerCase = Pattern.compile("[a-z]+");

        assertThat(fields("id: good\n").matching("id", lowerCase, "use letters"))
                .isEqualTo("good");
        fields("id: Bad\n").matching("id", lowerCase, "use letters");
        fields("id: ''\n").matching("id", lowerCase, "use letters");
        fields("{}\n").matching("id", lowerCase, "use letters");
        fails(
                "s.yaml:1:5: case 'a': 'id' is 'Bad'; use letters",
                "s.yaml:1:5: case 'a': 'id' is ''; use letters",
                "s.yaml:1:1: case 'a' needs 'id'; use letters");
    }

    @Test
    void unknown_choice_names_the_known_ones() {
        assertThat(fields("kind: c\n").choice("kind", new TreeMap<>(Map.of("b", 2, "a", 1)), 0))
                .isZero();
        fails("s.yaml:1:7: case 'a': 'kind' is 'c'; expected one of a, b");
    }

    @Test
    void unknown_fields_get_the_nearest_known_name() {
        Fields fields = fields("repetition: 3\nzzz: 1\n");
        fields.integer("repetitions", 1, 1, 9);
        fields.text("id");

        fields.rejectUnknown();

        fails(
                "s.yaml:1:1: case 'a': unknown field 'repetition'; did you mean 'repetitions'?",
                "s.yaml:2:1: case 'a': unknown field 'zzz'; known fields: id, repetitions");
    }

    @Test
    void what_is_no_mapping_has_no_fields() {
        assertThat(fields("[1]\n").text("id")).isEmpty();
        fails("s.yaml:1:1: case 'a' needs fields (name: value), not a list");
    }

    @Test
    void all_problems_are_thrown_at_once_in_the_order_of_lines() {
        Fields fields = fields("a: 1\nb: 2\n");
        fields.text("b");
        fields.text("a");

        assertThatThrownBy(problems::throwIfAny)
                .isInstanceOfSatisfying(
                        ProblemsException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.CONFIG))
                .hasMessage("s.yaml:1:4: case 'a': 'a' needs text (in quotes), not 1\n"
                        + "s.yaml:2:4: case 'a': 'b' needs text (in quotes), not 2\n2 problems");
    }

    private Fields fields(String yaml) {
        DocumentNode node =
                DocumentReader.read(Path.of("s.yaml"), yaml, problems).orElseThrow();
        return Fields.of(node, "case 'a'", problems);
    }

    private void fails(String... messages) {
        assertThat(problems.list()).extracting(Problem::toString).containsExactlyInAnyOrder(messages);
    }
}
