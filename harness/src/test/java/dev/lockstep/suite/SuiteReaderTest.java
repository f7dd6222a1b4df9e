package dev.lockstep.suite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.document.Problems;
import dev.lockstep.document.Sha256;
import dev.lockstep.score.Scorers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SuiteReaderTest {
    private static final String JUDGED = "reference: {answers: [\"7\"]}, scorers: [exact]";

    @TempDir
    private Path folder;

    private SuiteFolder files = new SuiteFolder(Path.of("."));

    @BeforeEach
    void open() {
        files = new SuiteFolder(folder);
    }

    @Test
    void reads_a_suite_with_its_defaults() {
        Suite suite = files.read("cases: [{id: add-01, prompt: 'What is 3 + 4?', %s}]".formatted(JUDGED));

        assertThat(suite.id()).isEqualTo("tiny");
        assertThat(suite.version()).isEqualTo("1.0.0");
        assertThat(suite.role()).isEqualTo(Suite.Role.SCORES);
        assertThat(suite.requires()).isEmpty();
        assertThat(suite.file()).isEqualTo(folder.resolve("suite.yaml"));
        EvalCase only = suite.cases().get(0);
        assertThat(only.path()).isEqualTo("tiny/add-01");
        assertThat(only.body().toString())
                .isEqualTo("{\"messages\":[{\"role\":\"user\",\"content\":\"What is 3 + 4?\"}]}");
        assertThat(only.sampling().toString()).isEqualTo("{\"temperature\":0,\"max_tokens\":32}");
        assertThat(only.seeds()).containsExactly(1L);
        assertThat(only.topLogprobs()).isZero();
        assertThat(only.timeout()).isEqualTo(Duration.ofMinutes(2));
        assertThat(only.stratum()).isEmpty();
        assertThat(only.scorers()).extracting(ScorerSpec::label).containsExactly("exact@1");
        assertThat(only.position().line()).isEqualTo(5);
    }

    @Test
    void lets_a_case_say_otherwise_than_its_suite() {
        EvalCase only = files.onlyCase("""
                tags: [text]
                sampling: {temperature: 0, top_p: 1, max_tokens: 32}
                repetitions: 2
                seeds: [11, 12]
                timeout_s: 30
                top_logprobs: 10
                cases:
                  - id: add-01
                    tags: [trained, trained, free]
                    prompt: What is 3 + 4?
                    sampling: {temperature: 0.7}
                    repetitions: 3
                    seeds: [5, 6, 7]
                    timeout_s: 60
                    top_logprobs: 0
                    reference: {answers: ["7"]}
                    scorers: [{name: exact, version: 1, ignore_case: true}]
                """);

        assertThat(only.tags()).containsExactly("trained", "free");
        assertThat(only.sampling().toString()).isEqualTo("{\"temperature\":0.7,\"top_p\":1,\"max_tokens\":32}");
        assertThat(only.seeds()).containsExactly(5L, 6L, 7L);
        assertThat(only.timeout()).isEqualTo(Duration.ofMinutes(1));
        assertThat(only.topLogprobs()).isZero();
        assertThat(only.scorers().get(0).parameters().toString()).isEqualTo("{\"ignore_case\":true}");
    }

    @Test
    void puts_media_before_the_text_of_a_prompt() {
        String image = files.media("count.png", "image");
        String video = files.media("clip.mp4", "video");
        EvalCase only = files.onlyCase("""
                requires: [image, video]
                media:
                  clip.mp4: {sha256: "%s", frames: 8, provenance: drawn}
                  count.png: {sha256: "%s", width: 96}
                cases:
                  - {id: a, prompt: 'How many?', media: [count.png, clip.mp4, count.png], %s}
                """.formatted(video, image, JUDGED));

        assertThat(only.body().at("/messages/0/content").toString())
                .isEqualTo("[{\"type\":\"media\",\"media\":\"count.png\"},{\"type\":\"media\",\"media\":\"clip.mp4\"},"
                        + "{\"type\":\"media\",\"media\":\"count.png\"},{\"type\":\"text\",\"text\":\"How many?\"}]");
        assertThat(only.media())
                .containsExactly(
                        new MediaFile(
                                "count.png",
                                MediaFile.Kind.IMAGE,
                                "image/png",
                                image,
                                folder.resolve("media/count.png")),
                        new MediaFile(
                                "clip.mp4",
                                MediaFile.Kind.VIDEO,
                                "video/mp4",
                                video,
                                folder.resolve("media/clip.mp4")));
    }

    @Test
    void passes_messages_on_as_they_are() {
        String image = files.media("count.png", "image");
        EvalCase only = files.onlyCase("""
                requires: [image]
                media: {count.png: {sha256: "%s"}}
                cases:
                  - id: a
                    messages:
                      - {role: system, content: Be brief.}
                      - {role: assistant, content: null, tool_calls: [{id: c1, extra: 1}]}
                      - {role: user, content: [{type: text, text: See}, {type: media, media: count.png}]}
                    reference: {answers: ["7"]}
                    scorers: [exact]
                """.formatted(image));

        assertThat(only.body().toString())
                .isEqualTo("{\"messages\":[{\"role\":\"system\",\"content\":\"Be brief.\"},"
                        + "{\"role\":\"assistant\",\"content\":null,\"tool_calls\":[{\"id\":\"c1\",\"extra\":1}]},"
                        + "{\"role\":\"user\",\"content\":[{\"type\":\"text\",\"text\":\"See\"},"
                        + "{\"type\":\"media\",\"media\":\"count.png\"}]}]}");
        assertThat(only.media()).extracting(MediaFile::name).containsExactly("count.png");
    }

    @Test
    void carries_the_tools_that_a_case_names() {
        EvalCase only = files.onlyCase("""
                requires: [tools]
                tools:
                  stop: {}
                  get_weather: {description: Tells., parameters: {type: object, required: [city]}}
                cases:
                  - {id: a, prompt: 'Rain?', tools: [get_weather, stop], reference: {calls: []}, scorers: [tool_call]}
                """);

        assertThat(only.body().path("tools").toString())
                .isEqualTo("[{\"type\":\"function\",\"function\":{\"name\":\"get_weather\",\"description\":\"Tells.\","
                        + "\"parameters\":{\"type\":\"object\",\"required\":[\"city\"]}}},"
                        + "{\"type\":\"function\",\"function\":{\"name\":\"stop\","
                        + "\"parameters\":{\"type\":\"object\",\"properties\":{}}}}]");
    }

    @Test
    void reads_a_fingerprint_suite_without_scorers() {
        EvalCase only = files.onlyCase("role: fingerprint\ncases: [{id: a, prompt: Count., stratum: natural-stop}]\n");

        assertThat(only.stratum()).isEqualTo(Optional.of("natural-stop"));
        assertThat(only.scorers()).isEmpty();
    }

    @Test
    void reads_json_too() {
        Path file = files.file("suite.json", """
                {"schema": "suite/1", "id": "j", "version": "1", "sampling": {"temperature": 0, "max_tokens": 1},
                 "cases": [{"id": "a", "prompt": "\\u00e9 \\"7\\"", "reference": {"answers": ["7"]}, "scorers": ["exact"]}]}
                """);
        Problems problems = new Problems();

        Optional<Suite> suite = new SuiteReader(Scorers.standard()).read(file, problems);

        assertThat(problems.list()).isEmpty();
        assertThat(suite.orElseThrow()
                        .cases()
                        .get(0)
                        .body()
                        .at("/messages/0/content")
                        .asText())
                .isEqualTo("é \"7\"");
    }

    @ParameterizedTest
    @CsvSource(
            delimiterString = "=>",
            value = {
                "cases: []                                       => 5:8: suite: there are no cases; write at least one under 'cases'",
                "tags: [x]                                       => 1:1: suite: there are no cases; write at least one under 'cases'",
                "cases: [{id: 'a b', prompt: p, J}]              => 5:14: case 'a b': 'id' is 'a b'; use lower-case letters, digits, '.', '_' and '-', a letter or digit first",
                "cases: [{id: '', prompt: p, J}]                 => 5:14: case 1: 'id' is ''; use lower-case letters, digits, '.', '_' and '-', a letter or digit first",
                "cases: [{id: a, J}]                             => 5:9: case 'a': there is neither 'prompt' nor 'messages'; add one",
                "cases: [{id: a, messages: [{role: user, content: p}], media: [x.png], J}] => 5:62: case 'a': 'media' goes with 'prompt'; in 'messages' write a part {type: media, media: name}",
                "cases: [{id: a, messages: [{content: p}], J}]   => 5:28: case 'a': a message needs 'role'; write system, user, assistant or tool",
                "cases: [{id: a, prompt: p, tags: ['(x)'], J}]   => 5:35: case 'a': the tag '(x)' is not allowed; write it without blanks and , ( ) & | !",
                "cases: [{id: a, prompt: p, repetitions: 0, J}]  => 5:41: case 'a': 'repetitions' needs a whole number from 1 to 1000, not 0",
                "cases: [{id: a, prompt: p, repetitions: 2, seeds: [4, 4], J}] => 5:55: case 'a': the seed 4 stands in 'seeds' twice; give each repetition its own",
                "cases: [{id: a, prompt: p, seeds: [-1], J}]     => 5:36: case 'a': the seed -1 is not a whole number from 0 to 2147483647",
                "cases: [{id: a, prompt: p, repetitions: 3, seeds: [4, 5], J}] => 5:41: case 'a': 'repetitions' is 3, but the number of 'seeds' is 2; list one seed for each repetition",
                "cases: [{id: a, prompt: p, top_logprobs: 21, J}] => 5:42: case 'a': 'top_logprobs' needs a whole number from 0 to 20, not 21",
                "cases: [{id: a, prompt: p, sampling: {n: 2}, J}] => 5:39: case 'a': 'sampling' takes no 'n'; use 'repetitions'",
                "cases: [{id: a, prompt: p, scorers: [{version: 1}]}] => 5:38: case 'a': a scorer needs 'name'; name the scorer"
            })
    void reports_a_mistake_where_it_stands(String lines, String problem) {
        assertThat(files.problems(lines.replace("J}", JUDGED + "}"))).containsExactly(problem);
    }

    @Test
    void reads_a_suite_of_samples_with_repetitions_and_without_scorers() {
        Suite suite = files.read("role: samples\nrepetitions: 20\ncases: [{id: a, prompt: Tell me a story.}]\n");

        assertThat(suite.role()).isEqualTo(Suite.Role.SAMPLES);
        assertThat(suite.cases().getFirst().seeds()).hasSize(20);
        assertThat(suite.cases().getFirst().stratum()).isEmpty();
    }

    @Test
    void wants_several_samples_under_new_seeds_of_what_is_compared_as_a_distribution() {
        assertThat(files.problems("role: samples\nseeds: [1, 2]\ncases: [{id: a, prompt: p}, {id: b, prompt: p}]\n"))
                .containsExactly(
                        "7:9: case 'a' lists seeds, but role: samples takes new ones in each run; remove 'seeds'");
        assertThat(files.problems("role: samples\ncases: [{id: a, prompt: p}]\n"))
                .containsExactly(
                        "6:9: case 'a' is asked once, but role: samples compares several answers; add 'repetitions: 20'");
    }

    @Test
    void wants_neither_scorer_nor_stratum_in_a_suite_of_samples() {
        assertThat(files.problems("role: samples\nrepetitions: 2\ncases: [{id: a, prompt: p, stratum: s, %s}]\n"
                        .formatted(JUDGED)))
                .containsExactly(
                        "7:37: case 'a': 'stratum' goes with role: fingerprint; remove it",
                        "7:78: case 'a': sampled answers are compared as distributions and not scored; remove 'scorers', or"
                                + " move the case to a suite of role: scores");
    }

    @Test
    void wants_a_stratum_in_a_fingerprint_suite() {
        assertThat(files.problems("role: fingerprint\ncases: [{id: a, prompt: Count.}]\n"))
                .containsExactly("6:9: case 'a' needs 'stratum'; name the kind of prompt, such as natural-stop");
    }

    @Test
    void wants_no_scorer_in_a_fingerprint_suite() {
        assertThat(files.problems("role: fingerprint\ncases: [{id: a, prompt: p, stratum: s, %s}]\n".formatted(JUDGED)))
                .containsExactly(
                        "6:78: case 'a': a fingerprint is compared token by token and not scored; remove 'scorers', or move"
                                + " the case to a suite of role: scores");
    }

    @Test
    void wants_temperature_and_length_and_says_so_once() {
        assertThat(files.problems("""
                        sampling: {}
                        cases:
                          - {id: a, prompt: p, %1$s}
                          - {id: b, prompt: p, %1$s}
                        """.formatted(JUDGED)))
                .containsExactly(
                        "6:5: case 'a' sends no 'temperature'; add it to 'sampling' of the suite or of the case",
                        "6:5: case 'a' sends no 'max_tokens'; add it to 'sampling' of the suite or of the case");
    }

    @Test
    void wants_what_cases_use_under_requires_and_says_so_once() {
        String digest = files.media("a.png", "a");
        assertThat(files.problems("""
                        media: {a.png: {sha256: "%1$s"}}
                        tools: {stop: {}}
                        cases:
                          - {id: a, prompt: p, media: [a.png], tools: [stop], %2$s}
                          - {id: b, prompt: p, media: [a.png], tools: [stop], %2$s}
                        """.formatted(digest, JUDGED)))
                .containsExactly(
                        "8:32: case 'a' uses the image 'a.png', but the suite does not require 'image';"
                                + " add image to 'requires'",
                        "8:47: case 'a' uses tools, but the suite does not require 'tools'; add tools to 'requires'");
    }

    @Test
    void says_both_digests_of_a_changed_file() {
        String actual = files.media("a.png", "changed");
        String promised = Sha256.of("original");
        assertThat(files.problems("""
                        requires: [image]
                        media: {a.png: {sha256: "%s"}}
                        cases: [{id: a, prompt: p, media: [a.png], %s}]
                        """.formatted(promised, JUDGED)))
                .containsExactly("6:25: media 'a.png': the file has " + actual + ", but 'sha256' is " + promised
                        + "; restore the file or correct the digest");
    }

    @Test
    void does_not_follow_a_link_out_of_the_media_folder() throws Exception {
        Path outside = files.file("outside.png", "x");
        String digest = files.media("a.png", "a");
        Files.createSymbolicLink(folder.resolve("media/b.png"), outside);
        assertThat(files.problems("""
                        requires: [image]
                        media: {a.png: {sha256: "%s"}, b.png: {sha256: "%s"}}
                        cases: [{id: a, prompt: p, media: [a.png, b.png], %s}]
                        """.formatted(digest, Sha256.of(outside), JUDGED)))
                .containsExactly("6:94: media 'b.png' leaves the folder media; keep the file inside it");
    }

    @Test
    void hashes_each_file_once() {
        String digest = files.media("a.png", "a");
        Path file = files.write("""
                requires: [image]
                media: {a.png: {sha256: "%1$s"}, ./a.png: {sha256: "%1$s"}}
                cases:
                  - {id: a, prompt: p, media: [a.png], %2$s}
                  - {id: b, prompt: p, media: [a.png, ./a.png], %2$s}
                """.formatted(digest, JUDGED));
        List<Path> hashed = new ArrayList<>();
        SuiteReader reader = new SuiteReader(Scorers.standard(), path -> {
            hashed.add(path);
            return Sha256.of(path);
        });

        assertThat(reader.read(file, new Problems())).isPresent();

        assertThat(hashed).containsExactly(folder.resolve("media/a.png"));
    }

    @Test
    void reports_broken_text_and_double_keys() {
        assertThat(files.problems("license: MIT\nlicense: MIT\ncases: [{id: a, prompt: p, %s}]".formatted(JUDGED)))
                .containsExactly("6:1: 'license' stands here twice, first in line 5; keep one");
        assertThat(files.problems("cases: [\n"))
                .containsExactly("5:9: is not valid YAML: expected the node content, " + "but found '<stream end>'");
    }

    @Test
    void reports_aliases_and_second_documents_which_would_be_lost() {
        assertThat(files.problems("description: &d x\nlicense: *d\ncases: [{id: a, prompt: p, %s}]\n---\nid: b\n"
                        .formatted(JUDGED)))
                .containsExactly(
                        "6:10: '*d' is a YAML alias, which is not read; write the value out",
                        "9:1: a second document begins here; keep one");
    }

    @Test
    void reads_json_with_tabs_and_escapes_beyond_the_basic_plane() {
        Path file = files.file("suite.json", """
                {
                \t"schema": "suite/1", "id": "j", "version": "1",
                \t"sampling": {"temperature": 0, "max_tokens": 1},
                \t"cases": [
                \t\t{"id": "a", "prompt": "\\ud83d\\ude00 \\/", "reference": {"answers": ["7"]}, "scorers": ["exact"]}
                \t]
                }
                """);
        Problems problems = new Problems();

        Optional<Suite> suite = new SuiteReader(Scorers.standard()).read(file, problems);

        assertThat(problems.list()).isEmpty();
        assertThat(suite.orElseThrow()
                        .cases()
                        .get(0)
                        .body()
                        .at("/messages/0/content")
                        .asText())
                .isEqualTo("\ud83d\ude00 /");
    }

    @Test
    void reports_mistakes_in_json_where_they_stand() {
        Path file = files.file("suite.json", "{\n \"id\": \"j\", \"id\": \"k\",\n}");
        Problems problems = new Problems();

        assertThat(new SuiteReader(Scorers.standard()).read(file, problems)).isEmpty();

        assertThat(problems.list())
                .extracting(
                        problem -> problem.toString().substring(file.toString().length()))
                .containsExactly(
                        ":2:13: 'id' stands here twice, first in line 2; keep one",
                        ":3:1: is not valid JSON: Unexpected character ('}' (code 125)): "
                                + "was expecting double-quote to start field name");
    }

    @Test
    @Timeout(10)
    void reads_a_thousand_cases() {
        StringBuilder cases = new StringBuilder("cases:\n");
        for (int i = 0; i < 1000; i++) {
            cases.append("  - {id: add-%d, prompt: '%d + 4 = ?', %s}\n".formatted(i, i, JUDGED));
        }

        Suite suite = files.read(cases.toString());

        assertThat(suite.cases()).hasSize(1000);
        assertThat(suite.cases().stream().map(EvalCase::hash)).doesNotHaveDuplicates();
    }
}
