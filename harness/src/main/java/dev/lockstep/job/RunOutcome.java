package dev.lockstep.job;

import dev.lockstep.run.Plan;
import dev.lockstep.suite.EvalCase;
import java.util.List;

/**
 * A finished run: its result, and the samples that the reports show.
 *
 * @param folder where the reports belong
 * @param baseline the first approved run's samples; empty when there is none
 */
public record RunOutcome(
        RunResult result,
        RunFolder folder,
        List<EvalCase> cases,
        List<ScoredSample> tonight,
        List<ScoredSample> baseline) {

    public RunOutcome {
        cases = List.copyOf(cases);
        tonight = List.copyOf(tonight);
        baseline = List.copyOf(baseline);
    }

    static RunOutcome unasked(RunResult result, RunFolder folder, Plan plan) {
        return new RunOutcome(result, folder, plan.cases(), List.of(), List.of());
    }
}
