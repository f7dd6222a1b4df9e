package dev.lockstep.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.run.Plan;
import dev.lockstep.run.RunLog;
import dev.lockstep.run.RunLogWriter;
import dev.lockstep.run.Sample;
import dev.lockstep.testing.Cases;
import dev.lockstep.testing.FileHolder;
import dev.lockstep.testing.ServedStack;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A run that ended in its middle, and the same command again. */
final class ResumedRunTest {
    private static final int BASELINE_RUNS = 1;
    private static final String EIGHT_SCORES_PROVE_NOTHING = "INCONCLUSIVE";
    /** Runs are numbered from 0, those of the baseline first. */
    private static final int CUT_SHORT = BASELINE_RUNS;

    private static final int NEXT = CUT_SHORT + 1;

    @TempDir
    Path folder;

    private ServedStack stack;
    private Plan plan;

    @BeforeEach
    void cutShort() {
        stack = new ServedStack(folder);
        plan = stack.plan(Cases.words(8));
        stack.baselined(plan, BASELINE_RUNS);
        assertThatThrownBy(() -> run(Optional.of("tonight"), endingAfter(3)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("the machine was switched off");
        assertThat(log(CUT_SHORT).samples()).hasSize(3);
    }

    @AfterEach
    void stop() {
        stack.close();
    }

    @Test
    void asks_only_what_is_missing() {
        RunOutcome outcome = again();

        assertThat(stack.server().prompts())
                .containsExactly(
                        "Say w-01", "Say w-02", "Say w-03", "Say w-04", "Say w-05", "Say w-06", "Say w-07", "Say w-08");
        assertThat(stack.said())
                .containsExactly("resuming " + ServedStack.runId(CUT_SHORT) + ": 3 of 8 samples are there");
        assertThat(outcome.folder().path()).isEqualTo(stack.run(CUT_SHORT));
        assertThat(outcome.result().counts()).isEqualTo(new RunResult.Counts(8, 8, 0, 0));
        assertThat(outcome.result().verdict().name()).isEqualTo(EIGHT_SCORES_PROVE_NOTHING);
    }

    @Test
    void asks_a_torn_last_line_again() throws IOException {
        Path log = stack.run(CUT_SHORT).resolve("run.jsonl");
        String text = Files.readString(log);
        Files.writeString(log, text.substring(0, text.length() - 20));

        RunOutcome outcome = again();

        assertThat(stack.said())
                .containsExactly("resuming " + ServedStack.runId(CUT_SHORT) + ": 2 of 8 samples are there");
        assertThat(stack.server().prompts()).hasSize(9);
        assertThat(stack.server().timesAsked("Say w-03")).isEqualTo(2);
        assertThat(outcome.result().counts()).isEqualTo(new RunResult.Counts(8, 8, 0, 0));
        assertThat(log(CUT_SHORT).samples()).hasSize(8);
    }

    @Test
    void leaves_a_log_alone_that_another_process_writes() throws IOException {
        Path log = stack.run(CUT_SHORT).resolve("run.jsonl");
        byte[] held = Files.readAllBytes(log);

        RunOutcome outcome;
        try (FileHolder other = FileHolder.of(RunLogWriter.holdOf(log))) {
            outcome = again();
            assertThat(other.holds()).isTrue();
        }

        assertThat(log).hasBinaryContent(held);
        assertThat(outcome.folder().path()).isEqualTo(stack.run(NEXT));
        assertThat(outcome.result().counts()).isEqualTo(new RunResult.Counts(8, 8, 0, 0));
        assertThat(stack.server().prompts()).hasSize(11);
        assertThat(stack.said()).isEmpty();
    }

    @Test
    void holds_the_log_that_it_goes_on_with_against_other_processes() {
        Path log = stack.run(CUT_SHORT).resolve("run.jsonl");
        stack.server().answer(prompt -> {
            if (prompt.equals("Say w-06")) {
                assertThatThrownBy(() -> FileHolder.of(RunLogWriter.holdOf(log)))
                        .hasMessageContaining("could not be held");
            }
            return prompt.substring(prompt.lastIndexOf(' ') + 1);
        });

        assertThat(again().result().verdict().name()).isEqualTo(EIGHT_SCORES_PROVE_NOTHING);
    }

    @Test
    void starts_anew_under_another_start_of_the_server() {
        RunOutcome outcome = run(Optional.of("tomorrow"), sample -> {});

        assertThat(outcome.folder().path()).isEqualTo(stack.run(NEXT));
        assertThat(stack.server().prompts()).hasSize(11);
    }

    @Test
    void starts_anew_when_nobody_can_name_the_start() {
        assertThatThrownBy(() -> run(Optional.empty(), endingAfter(3))).isInstanceOf(IllegalStateException.class);

        RunOutcome outcome = run(Optional.empty(), sample -> {});

        assertThat(outcome.folder().path()).isEqualTo(stack.run(NEXT + 1));
        assertThat(outcome.result().header().orElseThrow().epoch()).isEqualTo("unknown");
        assertThat(stack.server().prompts()).hasSize(14);
    }

    @Test
    void starts_anew_after_a_run_that_gave_the_endpoint_up() {
        stack.server().overload();
        assertThat(again().result().counts()).isEqualTo(new RunResult.Counts(8, 3, 0, 5));
        stack.server().answer(prompt -> prompt.substring(prompt.lastIndexOf(' ') + 1));

        RunOutcome outcome = again();

        assertThat(outcome.folder().path()).isEqualTo(stack.run(NEXT));
        assertThat(outcome.result().counts()).isEqualTo(new RunResult.Counts(8, 8, 0, 0));
    }

    private RunOutcome again() {
        return run(Optional.of("tonight"), sample -> {});
    }

    private RunOutcome run(Optional<String> epoch, Consumer<Sample> progress) {
        return RegressionRun.execute(stack.request(epoch), plan, stack.workplace(), progress);
    }

    private RunLog log(int number) {
        return RunLog.read(stack.run(number).resolve("run.jsonl"));
    }

    private static Consumer<Sample> endingAfter(int samples) {
        AtomicInteger asked = new AtomicInteger();
        return sample -> {
            if (asked.incrementAndGet() == samples) {
                throw new IllegalStateException("the machine was switched off");
            }
        };
    }
}
