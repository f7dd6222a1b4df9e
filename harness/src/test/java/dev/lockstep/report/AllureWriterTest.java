package dev.lockstep.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lockstep.document.Sha256;
import dev.lockstep.job.RunFolder;
import dev.lockstep.job.RunOutcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AllureWriterTest {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    @TempDir
    private Path directory;

    @Test
    void a_changed_answer_fails_with_expected_and_actual() throws IOException {
        JsonNode test = test(results(Night.drift()), "tiny-qwen3-vl/ocr/invoice-07");

        assertThat(test.path("status").asText()).isEqualTo("failed");
        assertThat(test.path("stage").asText()).isEqualTo("finished");
        assertThat(test.at("/statusDetails/message").asText()).isEqualTo("differs from the baseline: score exact@1");
        assertThat(test.at("/statusDetails/expected").asText()).isEqualTo("1");
        assertThat(test.at("/statusDetails/actual").asText()).isEqualTo("0");
        assertThat(test.at("/statusDetails/trace").asText()).endsWith("at suites/ocr/suite.yaml:41:5");
        assertThat(test.at("/steps/0/name").asText()).isEqualTo("repetition 0: exact@1 = 0.000");
    }

    @Test
    void a_wrong_answer_fails_and_shows_it() throws IOException {
        JsonNode test = test(results(Night.drift()), "tiny-qwen3-vl/ocr/invoice-03");

        assertThat(test.path("status").asText()).isEqualTo("failed");
        assertThat(test.at("/statusDetails/message").asText())
                .isEqualTo("wrong: exact@1 = 0.000, expected 'INV-20351'");
        assertThat(test.at("/statusDetails/expected").asText()).isEqualTo("exact@1 = 1.000");
        assertThat(test.at("/statusDetails/actual").asText()).isEqualTo("INV-2O351 <script>alert(1)</script>");
    }

    @Test
    void an_endpoint_that_fails_is_broken_and_never_skipped() throws IOException {
        Map<String, JsonNode> results = results(Night.invalid());

        assertThat(test(results, "tiny-qwen3-vl/ocr/invoice-01").path("status").asText())
                .isEqualTo("broken");
        assertThat(test(results, "tiny-qwen3-vl/ocr/invoice-01")
                        .at("/statusDetails/message")
                        .asText())
                .isEqualTo("endpoint: HTTP 503: Loading model");
        assertThat(test(results, "tiny-qwen3-vl/verdict").path("status").asText())
                .isEqualTo("broken");
        assertThat(results.values())
                .noneMatch(test -> test.path("status").asText().equals("skipped"));
    }

    @Test
    void after_a_broken_lock_every_case_fails_with_that_reason() throws IOException {
        Map<String, JsonNode> results = results(Night.lockBroken());

        assertThat(results).hasSize(14);
        assertThat(results.values()).allSatisfy(test -> {
            assertThat(test.path("status").asText()).isEqualTo("failed");
            assertThat(test.at("/statusDetails/message").asText()).startsWith("LOCK_BROKEN: template: ");
        });
    }

    @Test
    void the_verdict_carries_the_drift_report_along() throws IOException {
        JsonNode attachment =
                test(results(Night.drift()), "tiny-qwen3-vl/verdict").at("/attachments/0");

        assertThat(attachment.path("name").asText()).isEqualTo("report.html");
        assertThat(attachment.path("type").asText()).isEqualTo("text/html");
        assertThat(allure().resolve(attachment.path("source").asText())).hasContent("<!DOCTYPE html>");
    }

    @Test
    void history_survives_a_new_lock() throws IOException {
        JsonNode test = test(results(Night.pass()), "tiny-qwen3-vl/ocr/invoice-01");

        assertThat(test.path("historyId").asText()).isEqualTo(Sha256.of("tiny-qwen3-vl/ocr/invoice-01"));
        assertThat(test.path("parameters"))
                .isNotEmpty()
                .allMatch(one -> one.path("excluded").asBoolean());
        assertThat(test.path("titlePath")).hasToString("[\"tiny-qwen3-vl\",\"ocr\"]");
    }

    @Test
    void attachments_named_in_a_result_exist() throws IOException {
        JsonNode step =
                test(results(Night.pass()), "tiny-qwen3-vl/ocr/invoice-01").at("/steps/0");

        assertThat(step.path("attachments")).hasSize(2);
        for (JsonNode attachment : step.path("attachments")) {
            assertThat(allure().resolve(attachment.path("source").asText())).isNotEmptyFile();
        }
    }

    @Test
    void equal_runs_give_equal_files_and_older_results_are_gone() throws IOException {
        Files.createDirectories(allure());
        Files.writeString(allure().resolve("0-result.json"), "{}");
        Files.writeString(allure().resolve("notes.txt"), "mine");
        results(Night.drift());
        Map<String, String> first = files();
        results(Night.drift());

        assertThat(files()).isEqualTo(first).containsKey("notes.txt").doesNotContainKey("0-result.json");
        assertThat(first).containsKeys("environment.properties", "categories.json", "executor.json");
        assertThat(first.get("environment.properties"))
                .contains("verdict = DRIFT\n", "lock = " + Night.LOCK + "\n")
                .contains("policy = " + PolicyLine.of(Night.POLICY) + "\n");
    }

    private Map<String, JsonNode> results(Night night) throws IOException {
        RunOutcome outcome = new RunOutcome(
                night.result(), new RunFolder(directory), night.cases(), night.tonight(), night.baseline());
        AllureWriter.write(outcome, "<!DOCTYPE html>");
        Map<String, JsonNode> results = new TreeMap<>();
        for (Map.Entry<String, String> file : files().entrySet()) {
            if (file.getKey().endsWith("-result.json")) {
                JsonNode test = MAPPER.readTree(file.getValue());
                assertThat(file.getKey()).startsWith(test.path("uuid").asText());
                results.put(test.path("testCaseId").asText(), test);
            }
        }
        return results;
    }

    private static JsonNode test(Map<String, JsonNode> results, String testCaseId) {
        return Objects.requireNonNull(results.get(testCaseId), testCaseId);
    }

    private Path allure() {
        return directory.resolve("allure-results");
    }

    private Map<String, String> files() throws IOException {
        Map<String, String> files = new TreeMap<>();
        try (Stream<Path> all = Files.list(allure())) {
            for (Path file : all.toList()) {
                files.put(file.getFileName().toString(), Files.readString(file));
            }
        }
        return files;
    }
}
