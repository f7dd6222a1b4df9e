package dev.lockstep.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.document.ErrorKind;
import dev.lockstep.document.LockstepException;
import dev.lockstep.gate.Verdict;
import dev.lockstep.lock.Layer;
import dev.lockstep.report.Reports;
import dev.lockstep.run.Plan;
import dev.lockstep.testing.Cases;
import dev.lockstep.testing.ServedStack;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server that exchanges its template in the middle of a run, without a new start. */
final class StackAtEndTest {
    private static final String BROKEN =
            "the stack was the locked one when the run began, and was not at its end: template moved";

    @TempDir
    Path folder;

    private ServedStack stack;
    private Plan plan;

    @BeforeEach
    void serve() {
        stack = new ServedStack(folder).visible();
        plan = stack.plan(Cases.words(8));
    }

    @AfterEach
    void stop() {
        stack.close();
    }

    @Test
    void breaks_the_lock_of_a_run() {
        stack.baselined(plan, 1).server().restart("start-2");
        exchangeTemplateInTheMiddle();

        RunOutcome outcome = run();

        assertThat(outcome.result().verdict()).isInstanceOfSatisfying(Verdict.LockBroken.class, broken -> {
            assertThat(broken.layers()).containsExactly(Layer.TEMPLATE);
            assertThat(broken.reasons()).startsWith(BROKEN).hasSize(2);
        });
        assertThat(outcome.result().counts().answered()).isEqualTo(8);
    }

    @Test
    void is_told_again_by_the_log_alone() {
        stack.baselined(plan, 1).server().restart("start-2");
        exchangeTemplateInTheMiddle();
        RunOutcome outcome = run();
        Reports.write(outcome);

        RunOutcome again = FinishedRun.read(outcome.folder().log())
                .judge(stack.request("tonight"), plan, stack.workplace(), folder.resolve("again"));

        assertThat(again.result().verdict()).isEqualTo(outcome.result().verdict());
        assertThat(outcome.folder().report())
                .content()
                .contains(
                        "The stack was the locked one when the run began, and was not at its end; no answer can be trusted.");
    }

    @Test
    void keeps_a_run_from_being_recorded() {
        stack.lock();
        exchangeTemplateInTheMiddle();
        BaselineRecording recording = new BaselineRecording(stack.request("unused"), stack.workplace());

        assertThatThrownBy(() -> recording.record(() -> plan, 1, unwatched -> sample -> {}))
                .isInstanceOfSatisfying(
                        LockstepException.class,
                        error -> assertThat(error.kind()).isEqualTo(ErrorKind.BASELINE))
                .hasMessageStartingWith("run " + ServedStack.runId(0) + " was not recorded: " + BROKEN);
        assertThat(stack.store().manifests(stack.lock().id())).isEmpty();
    }

    private void exchangeTemplateInTheMiddle() {
        stack.server().before("/v1/chat/completions", () -> stack.server().render("Hi"));
    }

    private RunOutcome run() {
        return RegressionRun.execute(stack.request("tonight"), plan, stack.workplace(), sample -> {});
    }
}
