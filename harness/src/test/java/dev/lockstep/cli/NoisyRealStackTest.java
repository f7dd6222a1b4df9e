package dev.lockstep.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lockstep.baseline.RunManifest;
import dev.lockstep.lock.LockFile;
import dev.lockstep.run.SampleKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A stack with four slots and four clients, whose answers depend on what is computed beside them. */
@Tag("real")
final class NoisyRealStackTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    static Path folder;

    private static TestedStack stack;
    private static Wrapper.Result night;

    @BeforeAll
    static void record() throws IOException, InterruptedException {
        stack = new TestedStack(
                folder, "tiny-qwen3-vl-noisy", SmallSuites.text(folder), SmallSuites.fingerprint(folder, 2));
        stack.baseline(3);
        stack.restart();
        night = stack.night();
    }

    @AfterAll
    static void stop() throws IOException {
        stack.close();
    }

    /** Tokens may repeat by chance where log-probabilities never do. */
    @Test
    void cannot_be_judged_by_three_runs() {
        assertThat(night.exitCode()).as(night.toString()).isEqualTo(3);
        assertThat(TestedStack.verdict(night).verdict()).isEqualTo("INCONCLUSIVE");
        assertThat(TestedStack.verdict(night).reasons())
                .anyMatch(
                        reason -> reason.matches(
                                "L2: \\d+ of 64 samples differ; a noisy layer needs 7 approved runs, it has 3; record 4 more, 7 runs in all"));
    }

    @Test
    void gets_the_verdict_of_its_night_again_from_its_log_and_the_suites() throws IOException, InterruptedException {
        stack.down();
        Path verdict = TestedStack.named(night, "verdict ");
        Path again = folder.resolve("again");

        Wrapper.Result result = stack.report(verdict.resolveSibling("run.jsonl"), again);

        assertThat(result.exitCode()).as(result.toString()).isEqualTo(3);
        for (String file : List.of("verdict.json", "summary.md", "report.html")) {
            assertThat(again.resolve(file)).hasSameTextualContentAs(verdict.resolveSibling(file));
        }
    }

    @Test
    void is_a_false_alarm_when_the_same_answers_are_judged_by_bare_equality() throws IOException, InterruptedException {
        Path verdict = TestedStack.named(night, "verdict ");
        Path equality = Files.writeString(folder.resolve("equality.yaml"), "schema: gate/1\njudging: equality\n");

        Wrapper.Result result =
                stack.report(verdict.resolveSibling("run.jsonl"), folder.resolve("by-equality"), "--gate", equality);

        assertThat(result.exitCode()).as(result.toString()).isEqualTo(1);
    }

    @Test
    void gets_the_scores_of_its_night_again_from_its_log_and_the_suites() throws IOException, InterruptedException {
        stack.down();
        Path verdict = TestedStack.named(night, "verdict ");
        JsonNode suite = JSON.readTree(verdict.toFile()).path("suites").path(0);

        JsonNode again = rescored(verdict.resolveSibling("run.jsonl"));

        assertThat(suite.path("suite").asText()).isEqualTo("tiny-text");
        assertThat(again.size()).isEqualTo(12);
        assertThat(again.valueStream().mapToDouble(JsonNode::asDouble).average())
                .hasValueCloseTo(suite.path("tonight").asDouble(), within(1e-9));
    }

    @Test
    void gets_the_scores_of_its_baseline_again_from_its_log_and_the_suites() throws IOException, InterruptedException {
        Path manifest = firstRun();
        RunManifest recorded = RunManifest.read(manifest);

        JsonNode again = rescored(stack.home()
                .resolve("runs")
                .resolve(stack.config().name())
                .resolve(recorded.header().runId())
                .resolve("run.jsonl"));

        assertThat(again.size()).isEqualTo(12);
        again.properties()
                .forEach(score -> assertThat(score.getValue().asDouble())
                        .isEqualTo(recorded.scores().value(SampleKey.of(score.getKey()))));
    }

    private static Path firstRun() throws IOException {
        try (Stream<Path> runs = Files.list(
                stack.folder().runs(LockFile.read(stack.folder().lock()).id()))) {
            return runs.sorted().findFirst().orElseThrow();
        }
    }

    private static JsonNode rescored(Path log) throws IOException, InterruptedException {
        Wrapper.Result result = stack.rescore(log);
        assertThat(result.exitCode()).as(result.toString()).isZero();
        return JSON.readTree(result.output());
    }
}
