package dev.lockstep.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.job.RegressionRun;
import dev.lockstep.job.RunResult;
import dev.lockstep.report.Guidance.Step;
import dev.lockstep.run.Plan;
import dev.lockstep.testing.Cases;
import dev.lockstep.testing.ServedStack;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a report says about runs to be recorded. */
final class GuidanceTest {
    private static final String RECORD =
            "scripts/lockstep baseline record --stack baselines/tiny-qwen3-vl --suites suites/fingerprint suites/ocr"
                    + " suites/tools suites/video --running night";

    @TempDir
    Path folder;

    @Test
    void asks_for_the_runs_that_this_baseline_lacks_or_for_more_cases() {
        List<Step> steps = Guidance.steps(Night.inconclusive().result());

        assertThat(steps.subList(0, 2))
                .containsExactly(
                        Step.of(
                                "Record more runs of the same suites under the same lock; they show whether scores repeat."
                                        + " The baseline has 4 runs and needs 6.",
                                RECORD + " --runs 2"),
                        Step.of(
                                "Or give the scored suites more cases, as many as the reason says, and record"
                                        + " them. The command says at its end whether more runs are needed.",
                                RECORD));
    }

    @Test
    void asks_for_the_runs_that_would_show_a_noise_which_nobody_knows_yet() {
        assertThat(Guidance.steps(Night.verifiedDrift().result()))
                .contains(Step.of(
                        "Or, if nobody changed anything: this is noise that the baseline does not know yet. Record more runs"
                                + " under the same lock. The baseline has 4 runs and needs 7.",
                        RECORD + " --runs 3"));
    }

    @Test
    void asks_the_operator_of_an_own_server_for_as_many_starts_as_its_baseline_needs() {
        try (ServedStack stack = new ServedStack(folder)) {
            Plan plan = stack.plan(Cases.words(10));
            stack.baselined(plan, 1);

            RunResult result = RegressionRun.execute(stack.request("tonight"), plan, stack.workplace(), sample -> {})
                    .result();

            assertThat(Guidance.steps(result))
                    .extracting(Step::sentence)
                    .contains(
                            "Record more runs under the same lock; together with the earlier ones they measure the noise."
                                    + " The baseline has 1 run and needs 31. One run for each start of the server: restart"
                                    + " it and record again, until there are 31.",
                            "Or give the scored suites more cases, as many as the reason says, and record them. One"
                                    + " run for each start of the server: restart it and record again, until the command asks for"
                                    + " no more.");
        }
    }
}
