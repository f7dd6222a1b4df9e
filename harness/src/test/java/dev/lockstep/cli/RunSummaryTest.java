package dev.lockstep.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.job.RegressionRun;
import dev.lockstep.job.RunOutcome;
import dev.lockstep.run.Plan;
import dev.lockstep.testing.Cases;
import dev.lockstep.testing.ServedStack;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the terminal says at the end of a run, and what to type next. */
class RunSummaryTest {
    @TempDir
    Path folder;

    private ServedStack stack;
    private Plan plan;

    @BeforeEach
    void serve() {
        stack = new ServedStack(folder);
        plan = stack.plan(Cases.words(4));
    }

    @AfterEach
    void stop() {
        stack.close();
    }

    @Test
    void ends_with_the_first_thing_to_type() {
        stack.baselined(plan, 1).opaque("tiny@2");

        RunOutcome outcome = run();

        assertThat(RunSummary.text(outcome)).isEqualTo("""
                LOCK_BROKEN [moved: weights]  (exit code 2)
                  the stack that answers is not the locked one: weights moved
                  weights value: locked "tiny@1", found "tiny@2" (static)
                lock    pinned 0 · declared 1 · observed 1 · unknown 11
                verdict RUN/verdict.json
                report  RUN/report.html
                next    lockstep verify --stack STACK""".replace(
                "RUN", outcome.folder().path().toString()).replace("STACK", folder.toString()));
    }

    @Test
    void says_how_to_record_where_nothing_is_approved() {
        stack.lock();

        assertThat(RunSummary.text(run()))
                .endsWith("\nnext    lockstep baseline record --stack " + folder
                        + " --suites . --runs 1 --epoch NEW-NAME");
    }

    @Test
    void says_how_to_record_suites_of_which_the_baseline_holds_nothing() {
        stack.baselined(stack.plan(Cases.prints(2)), 1);

        assertThat(RunSummary.text(run()))
                .startsWith("INVALID  (exit code 4)\n  no case of this run is in the baseline;")
                .contains("score 1.000, nothing of it in the baseline\n")
                .endsWith("\nnext    lockstep baseline record --stack " + folder
                        + " --suites . --runs 1 --epoch NEW-NAME");
    }

    @Test
    void says_nothing_more_about_a_pass() {
        plan = stack.plan(Cases.words(133));
        stack.baselined(plan, 1);

        RunOutcome outcome = run();

        assertThat(RunSummary.text(outcome))
                .startsWith("PASS  (exit code 0)\n")
                .endsWith("\nreport  " + outcome.folder().report());
    }

    private RunOutcome run() {
        return RegressionRun.execute(stack.request("tonight"), plan, stack.workplace(), sample -> {});
    }
}
