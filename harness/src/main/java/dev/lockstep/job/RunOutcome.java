package dev.lockstep.job;

import dev.lockstep.baseline.Baseline;
import dev.lockstep.run.Plan;
import dev.lockstep.run.RunLog;
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

    static RunOutcome asked(RunResult result, RunSession session, RunLog log, Baseline baseline) {
        List<EvalCase> cases = session.plan().cases();
        Scoring scoring = new Scoring(cases);
        return new RunOutcome(
                result,
                session.folder(),
                cases,
                log.samples().values().stream().map(scoring::score).toList(),
                baseline.first().log().samples().values().stream()
                        .map(scoring::score)
                        .toList());
    }
}
