package dev.lockstep.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectDirectory;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectUniqueId;
import static org.junit.platform.launcher.TagFilter.excludeTags;
import static org.junit.platform.launcher.TagFilter.includeTags;

import dev.lockstep.document.ErrorKind;
import dev.lockstep.document.LockstepException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.reporting.FileEntry;
import org.junit.platform.engine.reporting.ReportEntry;
import org.junit.platform.testkit.engine.EngineExecutionResults;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Event;
import org.opentest4j.AssertionFailedError;

final class ExecutionTest {
    private static final int LOOKS_AT_END = 3;
    private static final String SUITE = "[engine:lockstep]/[eval-suite:colours]";
    private static final String VERDICT = SUITE + "/[eval-part:verdict]";
    private static final Path FILE = HostedStack.COLOURS.resolve("suite.yaml").toAbsolutePath();

    @TempDir
    static Path recorded;

    @TempDir
    Path folder;

    private HostedStack stack;

    @BeforeAll
    static void record() {
        HostedStack.record(recorded);
    }

    @BeforeEach
    void start() {
        stack = new HostedStack(folder);
    }

    @AfterEach
    void stop() {
        stack.close();
    }

    @Test
    void passes_an_unchanged_stack_and_counts_cases_and_verdict_as_tests() {
        EngineExecutionResults results = baselined().colours().execute();

        results.testEvents()
                .assertStatistics(tests -> tests.started(11).succeeded(11).skipped(0));
        results.containerEvents()
                .assertStatistics(containers -> containers.started(3).succeeded(3));
        assertThat(stack.server().prompts()).hasSize(10).doesNotHaveDuplicates();
    }

    @Test
    void judges_after_the_last_case() {
        List<String> order = baselined().colours().execute().testEvents().finished().stream()
                .map(event -> event.getTestDescriptor().getDisplayName())
                .toList();

        assertThat(order).hasSize(11).endsWith("verdict");
        assertThat(order.indexOf("verdict")).isEqualTo(10);
    }

    @Test
    void verifies_the_stack_once_for_all_suites() {
        baselined();
        stack.colours().execute();
        int looksForOneSuite = stack.server().looks();
        stack.server().forget();

        EngineExecutionResults results = stack.engine()
                .selectors(selectDirectory(HostedStack.SUITES.toFile()))
                .execute();

        results.testEvents().assertStatistics(tests -> tests.started(14).succeeded(14));
        assertThat(looksForOneSuite).isPositive();
        // each suite looks again at its end: is this still the server that it began with, and still the locked one?
        assertThat(stack.server().looks()).isEqualTo(looksForOneSuite + LOOKS_AT_END);
    }

    @Test
    void asks_nothing_twice_when_it_is_discovered_twice() {
        baselined();
        stack.colours().discover();

        assertThat(stack.server().looks()).isZero();
        assertThat(stack.server().prompts()).isEmpty();
    }

    @Test
    void records_wrong_answers_in_the_cases_and_fails_the_verdict_alone() {
        baselined().server().answer(prompt -> "nothing");

        EngineExecutionResults results = stack.colours().execute();

        results.testEvents()
                .assertStatistics(tests -> tests.started(11).succeeded(10).failed(1));
        AssertionFailedError failure = assertionFailure(failed(results, "verdict"));
        assertThat(failure.getMessage())
                .startsWith(
                        "DRIFT [cannot be ruled out: weights, quantization, modelConfig, generationDefaults, adapters, engine, launch, hardware]: L4: 10 of 10 samples differ;"
                                + " 10 of 10 that were asked again gave the same other answer 3 times more");
        assertThat(failure.getExpected().getStringRepresentation()).isEqualTo("PASS");
        assertThat(failure.getActual().getStringRepresentation()).isEqualTo("DRIFT");
        assertThat(failure.getStackTrace())
                .containsExactly(new StackTraceElement("colours", "verdict", FILE.toString(), 1));
        assertThat(entry(results, "red"))
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        "sample", "colours/red/0",
                        "outcome", "answered",
                        "score", "0.000",
                        "baselineScore", "1.000",
                        "flipped", "true"));
    }

    @Test
    void fails_an_inconclusive_verdict() {
        baselined()
                .server()
                .answer(prompt -> prompt.endsWith("red") && stack.server().timesAsked(prompt) == 1
                        ? "nothing"
                        : lastWord(prompt));

        AssertionFailedError failure = assertionFailure(failed(stack.colours().execute(), "verdict"));

        assertThat(failure.getActual().getStringRepresentation()).isEqualTo("INCONCLUSIVE");
        assertThat(failure.getMessage())
                .isEqualTo("INCONCLUSIVE: L4: 1 of 10 samples differ; the layer was calibrated"
                        + " deterministic, but no difference came back in all 3 repeats: determinism is lost; judged"
                        + " as noise: mean change -10.0 pp against the approved runs, 95 % interval -30.7 to +10.7 pp; a loss"
                        + " of 2.0 pp is not ruled out (p 0.781); not deciding: p 0.031 by cases (exact CMH), p 0.031 by"
                        + " the rank of the run; about 168 times the cases would rule it out, or a margin of 25.9 pp");
    }

    @Test
    void fails_every_case_and_the_verdict_when_the_lock_is_broken_and_asks_nothing() {
        baselined().describe("tiny@2");

        EngineExecutionResults results = stack.colours().execute();

        results.testEvents()
                .assertStatistics(tests -> tests.started(11).failed(11).skipped(0));
        assertThat(stack.server().prompts()).isEmpty();
        AssertionFailedError failure = assertionFailure(failed(results, "red"));
        assertThat(failure.getMessage())
                .startsWith(
                        "LOCK_BROKEN [moved: weights]: the stack that answers is not the locked one: weights moved\n");
        assertThat(failure.getStackTrace())
                .containsExactly(new StackTraceElement("colours", "red", FILE.toString(), 12));
        assertThat(assertionFailure(failed(results, "verdict")).getActual().getStringRepresentation())
                .isEqualTo("LOCK_BROKEN");
        assertThat(entry(results, "verdict")).containsEntry("verdict", "LOCK_BROKEN");
    }

    @Test
    void fails_every_case_and_the_verdict_without_a_baseline() {
        EngineExecutionResults results = stack.locked().colours().execute();

        results.testEvents().assertStatistics(tests -> tests.started(11).failed(11));
        assertThat(assertionFailure(failed(results, "red")).getMessage())
                .startsWith("NO_BASELINE: nobody approved a baseline for lock ");
        assertThat(stack.server().prompts()).isEmpty();
    }

    @Test
    void calls_an_endpoint_that_is_down_an_error_and_never_skips() {
        baselined().server().close();

        EngineExecutionResults results = stack.colours().execute();

        results.testEvents()
                .assertStatistics(
                        tests -> tests.started(11).failed(11).skipped(0).aborted(0));
        for (String test : List.of("red", "verdict")) {
            assertThat(failed(results, test))
                    .isInstanceOfSatisfying(
                            LockstepException.class,
                            error -> assertThat(error.kind()).isEqualTo(ErrorKind.ENDPOINT));
        }
        assertThat(entry(results, "verdict")).containsEntry("verdict", "INVALID");
    }

    @Test
    void calls_samples_that_the_infrastructure_lost_errors() {
        baselined().server().overload();

        EngineExecutionResults results = stack.colours().execute();

        results.testEvents()
                .assertStatistics(tests -> tests.started(11).failed(11).skipped(0));
        assertThat(stack.server().prompts()).hasSizeLessThan(10);
        assertThat(failed(results, "verdict"))
                .isInstanceOf(LockstepException.class)
                .hasMessageStartingWith("INVALID: ");
        assertThat(results.testEvents().failed().stream()
                        .map(ExecutionTest::failure)
                        .map(Throwable::getMessage)
                        .toList())
                .anyMatch(message -> message.matches("colours/\\w+/0: no answer, the server answered 503: \\{\\}"))
                .anyMatch(
                        message -> message.matches("colours/\\w+: 1 of 1 samples were never asked, because the endpoint"
                                + " was given up; see to it and run again"));
    }

    @Test
    void says_how_to_name_a_stack_when_none_is() {
        EngineExecutionResults results = EngineTestKit.engine("lockstep")
                .selectors(selectDirectory(HostedStack.COLOURS.toFile()))
                .outputDirectoryCreator(new HostedStack.Outputs(folder))
                .execute();

        results.testEvents().assertStatistics(tests -> tests.started(11).failed(11));
        for (String test : List.of("red", "verdict")) {
            assertThat(failed(results, test))
                    .isInstanceOf(LockstepException.class)
                    .hasMessage("lockstep.stack is not set; name the folder that holds stack.yaml, in"
                            + " junit-platform.properties (lockstep.stack=baselines/my-stack), as -Dlockstep.stack=... or by"
                            + " @ConfigurationParameter");
        }
    }

    @Test
    void judges_only_what_a_tag_selects_and_says_so() {
        EngineExecutionResults results =
                baselined().colours().filters(includeTags("fast")).execute();

        results.testEvents().assertStatistics(tests -> tests.started(4).succeeded(4));
        assertThat(entry(results, "verdict"))
                .containsEntry("verdict", "PASS")
                .containsEntry("scope", "3 of 10 cases of colours, the others were not selected")
                .containsEntry("samples", "3 planned, 3 answered, 0 refused, 0 failed");
    }

    @Test
    void keeps_the_verdict_when_a_tag_is_excluded_that_some_cases_have() {
        EngineExecutionResults results =
                baselined().colours().filters(excludeTags("slow")).execute();

        results.testEvents().assertStatistics(tests -> tests.started(4).succeeded(4));
        assertThat(stack.server().prompts()).containsExactlyInAnyOrder("Say red", "Say green", "Say blue");
    }

    @Test
    void drops_the_verdict_with_the_last_case() {
        EngineExecutionResults results =
                baselined().colours().filters(excludeTags("slow", "fast")).execute();

        results.testEvents().assertStatistics(tests -> tests.started(0));
        assertThat(stack.server().prompts()).isEmpty();
    }

    @Test
    void refuses_cases_whose_verdict_was_filtered_away() {
        EngineExecutionResults results = baselined()
                .colours()
                .filters(includeTags("(fast & !slow) | (slow & !fast)"))
                .execute();

        results.testEvents().assertStatistics(tests -> tests.started(0));
        assertThat(stack.server().prompts()).isEmpty();
        assertThat(failed(results, "colours"))
                .hasMessage(
                        FILE + ": a filter took the verdict of suite 'colours' and left 10 of its cases, which nothing"
                                + " would judge; select cases by tags that each of them has");
    }

    @Test
    void runs_one_case_by_its_id_without_judging() {
        EngineExecutionResults results = baselined()
                .engine()
                .selectors(selectUniqueId(SUITE + "/[eval-part:cases]/[eval-case:blue]"))
                .execute();

        results.testEvents().assertStatistics(tests -> tests.started(1).succeeded(1));
        assertThat(stack.server().prompts()).containsExactly("Say blue");
    }

    @Test
    void asks_the_whole_suite_for_a_verdict_that_is_selected_alone() {
        EngineExecutionResults results =
                baselined().engine().selectors(selectUniqueId(VERDICT)).execute();

        results.testEvents().assertStatistics(tests -> tests.started(1).succeeded(1));
        assertThat(entry(results, "verdict")).containsEntry("scope", "all 10 cases of colours");
        assertThat(stack.server().prompts()).hasSize(10);
    }

    @Test
    void publishes_the_reports_of_the_verdict() throws IOException {
        EngineExecutionResults results = baselined().colours().execute();

        List<FileEntry> files = results.allEvents().fileEntryPublished().stream()
                .map(event -> event.getRequiredPayload(FileEntry.class))
                .toList();
        Path outputs = folder.resolve("outputs").resolve("colours › verdict");
        assertThat(files)
                .extracting(FileEntry::getPath)
                .containsExactly(
                        outputs.resolve("verdict.json"), outputs.resolve("report.html"), outputs.resolve("summary.md"))
                .allMatch(Files::isRegularFile);
        assertThat(Files.readString(outputs.resolve("verdict.json"))).contains("\"PASS\"");
        try (Stream<Path> runs = Files.list(stack.home().resolve("runs/hosted"))) {
            assertThat(runs.filter(run -> Files.exists(run.resolve("allure-results"))))
                    .hasSize(1);
        }
    }

    @Test
    void goes_on_with_a_run_that_was_killed() throws IOException {
        baselined().colours().execute();
        stack.server().forget();
        cutFromLastSample();

        EngineExecutionResults results = stack.colours().execute();

        results.testEvents().assertStatistics(tests -> tests.started(11).succeeded(11));
        assertThat(stack.server().prompts()).hasSize(1);
    }

    private void cutFromLastSample() throws IOException {
        try (Stream<Path> runs = Files.list(stack.home().resolve("runs/hosted"))) {
            Path run = runs.sorted().toList().getLast();
            Files.delete(run.resolve("verdict.json"));
            Path log = run.resolve("run.jsonl");
            List<String> lines = Files.readAllLines(log);
            List<String> samples = lines.stream()
                    .filter(line -> !line.contains("\"kind\":\"end\""))
                    .toList();
            Files.writeString(log, String.join("\n", samples.subList(0, samples.size() - 1)) + "\n");
        }
    }

    private HostedStack baselined() {
        return stack.baselinedLike(recorded);
    }

    private static String lastWord(String prompt) {
        return prompt.substring(prompt.lastIndexOf(' ') + 1);
    }

    private static AssertionFailedError assertionFailure(Throwable failure) {
        assertThat(failure).isInstanceOf(AssertionFailedError.class);
        return (AssertionFailedError) failure;
    }

    private static Throwable failed(EngineExecutionResults results, String name) {
        return results.allEvents().failed().stream()
                .filter(event -> event.getTestDescriptor().getDisplayName().equals(name))
                .map(ExecutionTest::failure)
                .findFirst()
                .orElseThrow();
    }

    private static Throwable failure(Event event) {
        return event.getRequiredPayload(TestExecutionResult.class)
                .getThrowable()
                .orElseThrow();
    }

    private static Map<String, String> entry(EngineExecutionResults results, String name) {
        return results.allEvents().reportingEntryPublished().stream()
                .filter(event -> event.getTestDescriptor().getDisplayName().equals(name))
                .map(event -> event.getRequiredPayload(ReportEntry.class).getKeyValuePairs())
                .findFirst()
                .orElseThrow();
    }
}
