package dev.lockstep.suite;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CaseHashTest {
    private static final String SUITE = """
            requires: [image, tools]
            tools: {stop: {description: Stops.}}
            media: {a.png: {sha256: "%s"}}
            cases:
              - id: add
                tags: [trained]
                prompt: How many?
                media: [a.png]
                tools: [stop]
                repetitions: 2
                timeout_s: 30
                top_logprobs: 5
                sampling: {temperature: 0, max_tokens: 32}
                reference: {answers: ["7"]}
                scorers: [{name: exact, ignore_case: false}]
            """;

    @TempDir
    private Path folder;

    private SuiteFolder files = new SuiteFolder(Path.of("."));

    @BeforeEach
    void open() {
        files = new SuiteFolder(folder);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "id: add                  | id: sum",
                "How many?                | How much?",
                "Stops.                   | Halts.",
                "repetitions: 2           | seeds: [1, 3]",
                "top_logprobs: 5          | top_logprobs: 6",
                "max_tokens: 32           | max_tokens: 33",
                "[\"7\"]                  | [\"8\"]",
                "ignore_case: false       | ignore_case: true",
                "exact, ignore_case: false | contains"
            })
    void changes_with_every_part_of_the_case(String from, String to) {
        String suite = SUITE.formatted(files.media("a.png", "picture"));
        assertThat(suite).contains(from);
        assertThat(hash(suite.replace(from, to))).isNotEqualTo(hash(suite));
    }

    @ParameterizedTest
    @CsvSource({"[trained], [free]", "timeout_s: 30, timeout_s: 31"})
    void stays_when_only_the_choice_of_cases_or_the_wait_for_them_changes(String from, String to) {
        String suite = SUITE.formatted(files.media("a.png", "picture"));
        assertThat(suite).contains(from);
        assertThat(hash(suite.replace(from, to))).isEqualTo(hash(suite));
    }

    @Test
    void changes_with_the_bytes_of_a_picture() {
        String before = hash(SUITE.formatted(files.media("a.png", "picture")));
        assertThat(hash(SUITE.formatted(files.media("a.png", "another")))).isNotEqualTo(before);
    }

    @Test
    void stays_when_the_case_moves_or_a_file_gets_another_name() {
        String suite = SUITE.formatted(files.media("a.png", "picture"));
        files.media("b.png", "picture");
        assertThat(hash("# a comment\n" + suite.replace("a.png", "b.png"))).isEqualTo(hash(suite));
    }

    @Test
    void stays_when_a_default_is_written_out_or_keys_change_places() {
        String suite = SUITE.formatted(files.media("a.png", "picture"));
        assertThat(hash(suite.replace("repetitions: 2", "seeds: [1, 2]"))).isEqualTo(hash(suite));
        assertThat(hash(suite.replace("{temperature: 0, max_tokens: 32}", "{max_tokens: 32, temperature: 0.0}")))
                .isEqualTo(hash(suite));
    }

    @Test
    void is_a_sha256() {
        assertThat(hash(SUITE.formatted(files.media("a.png", "picture")))).matches("[0-9a-f]{64}");
    }

    private String hash(String suite) {
        return files.onlyCase(suite).hash();
    }
}
