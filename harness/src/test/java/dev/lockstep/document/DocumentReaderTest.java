package dev.lockstep.document;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.CsvSource;

class DocumentReaderTest {
    private static final Path BAD = Path.of("src/test/resources/bad/document");

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvFileSource(resources = "/bad/document/messages.csv", delimiter = '|')
    void says_where_and_what(String name, String message) {
        Path file = BAD.resolve(name);
        Problems problems = new Problems();

        DocumentReader.read(file, problems);

        assertThat(problems.list()).extracting(Problem::toString).containsExactly(file + ":" + message);
    }

    @Test
    void values_keep_their_types() {
        assertThat(json("a: yes\nb: true\nc: 1.5\nd: '2'\ne:\nf: [1, x]\ng: 2026-11-22\nh: |\n  two\n  lines\n"))
                .isEqualTo("{\"a\":\"yes\",\"b\":true,\"c\":1.5,\"d\":\"2\",\"e\":null,\"f\":[1,\"x\"],"
                        + "\"g\":\"2026-11-22\",\"h\":\"two\\nlines\\n\"}");
    }

    @Test
    void values_know_where_they_stand() {
        Problems problems = new Problems();
        DocumentNode node = DocumentReader.read(Path.of("s.yaml"), "# note\nid: a\ncases:\n  - id: b\n", problems)
                .orElseThrow();

        Fields fields = Fields.of(node, "suite", problems);
        assertThat(fields.position("id")).hasToString("s.yaml:2:5");
        assertThat(fields.items("cases").get(0).position()).hasToString("s.yaml:4:5");
        assertThat(fields.entries().get("cases"))
                .extracting(DocumentNode.Entry::position)
                .hasToString("s.yaml:3:1");
        assertThat(problems.isEmpty()).isTrue();
    }

    @Test
    void json_numbers_keep_their_digits_and_strings_their_escapes() {
        Problems problems = new Problems();
        String text = "{\"a\": 1E-7, \"b\": 0.10000000000000000001, \"c\": \"\\ud83d\\ude00\\/\"}";

        assertThat(DocumentReader.read(Path.of("x.json"), text, problems)
                        .orElseThrow()
                        .toJson())
                .hasToString("{\"a\":1E-7,\"b\":0.10000000000000000001,\"c\":\"😀/\"}");
    }

    @Test
    void byte_order_mark_is_skipped() throws IOException {
        Path file = Files.writeString(folder.resolve("bom.yaml"), "\uFEFFa: 1\n");
        Problems problems = new Problems();

        assertThat(DocumentReader.read(file, problems).orElseThrow().toJson()).hasToString("{\"a\":1}");
    }

    @Test
    void four_megabytes_are_read() throws IOException {
        Path file = Files.writeString(folder.resolve("large.yaml"), "a: |\n" + "  0123456789\n".repeat(400_000));
        Problems problems = new Problems();

        DocumentReader.read(file, problems);

        assertThat(problems.list()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"x.yaml, YAML", "x.json, JSON"})
    void endless_nesting_is_refused(String name, String form) {
        Problems problems = new Problems();

        DocumentReader.read(Path.of(name), "[".repeat(5000), problems);

        assertThat(problems.list())
                .extracting(Problem::toString)
                .containsExactly(name + ":1:1: is not valid " + form
                        + ": Document nesting depth (1001) exceeds the maximum allowed (1000, from"
                        + " `StreamReadConstraints.getMaxNestingDepth()`)");
    }

    @Test
    void quoted_emptiness_is_text() {
        assertThat(json("a: ''\nb: \"\"\nc: ~\n")).isEqualTo("{\"a\":\"\",\"b\":\"\",\"c\":null}");
    }

    @Test
    void folder_is_refused() {
        Problems problems = new Problems();

        DocumentReader.read(folder, problems);

        assertThat(problems.list())
                .extracting(Problem::toString)
                .containsExactly(folder + ": cannot be read: Is a directory");
    }

    private static String json(String yaml) {
        Problems problems = new Problems();
        String json = DocumentReader.read(Path.of("x.yaml"), yaml, problems)
                .orElseThrow()
                .toJson()
                .toString();
        assertThat(problems.list()).isEmpty();
        return json;
    }
}
