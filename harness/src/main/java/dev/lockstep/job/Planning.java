package dev.lockstep.job;

import dev.lockstep.baseline.Baseline;
import dev.lockstep.baseline.BaselineRun;
import dev.lockstep.gate.Forecast;
import dev.lockstep.gate.Goal;
import dev.lockstep.gate.Outlook;
import dev.lockstep.gate.PassForecast;
import dev.lockstep.gate.Tonight;
import dev.lockstep.lock.LockId;
import dev.lockstep.run.Plan;
import dev.lockstep.run.PlannedSample;
import dev.lockstep.run.RunHeader;
import dev.lockstep.run.RunLog;
import dev.lockstep.run.Sample;
import dev.lockstep.run.SampleKey;
import dev.lockstep.suite.Suite;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What a run of a plan will cost and see, told from the approved baseline without asking anything.
 *
 * @param lockId the lock in force
 * @param outlooks one for each detector that has something to look at; none without a baseline
 * @param notes what a user should know of the policy
 */
public record Planning(
        String lockId, Optional<Baseline> baseline, Cost cost, List<Outlook> outlooks, List<String> notes) {

    public Planning {
        outlooks = List.copyOf(outlooks);
        notes = List.copyOf(notes);
    }

    public static Planning of(RunRequest request, Plan plan, Goal goal, Workplace workplace) {
        LockId lock = LockedStack.readLock(request.folder().lock()).id();
        Optional<Baseline> baseline = workplace
                .baselines(request.folder())
                .approved(lock)
                .flatMap(all -> all.within(all.first().manifest().header().stratum()));
        List<Outlook> outlooks = baseline.map(approved -> Forecast.of(
                        approved, rehearsal(plan, approved), request.policy().values(), goal))
                .orElse(List.of());
        int atOnce = request.concurrency();
        List<String> notes = request.policy().values().tiers().mistyped(suites(plan));
        return new Planning(lock.value(), baseline, Cost.of(plan, atOnce, baseline), outlooks, notes);
    }

    private static Set<String> suites(Plan plan) {
        return plan.samples().stream().map(planned -> planned.key().suite()).collect(Collectors.toSet());
    }

    /** Returns how surely an unchanged stack passes; it says nothing without a baseline. */
    public PassForecast passing() {
        return new PassForecast(outlooks);
    }

    /** The plan as the first approved run answered it; cases that are new since then have no answer. */
    private static Tonight rehearsal(Plan plan, Baseline baseline) {
        BaselineRun run = baseline.first();
        SortedMap<SampleKey, Sample> samples = new TreeMap<>();
        for (PlannedSample planned : plan.samples()) {
            run.sample(planned.key(), planned.evalCase().hash())
                    .ifPresent(sample -> samples.put(planned.key(), sample));
        }
        RunHeader header =
                plan.header(run.runId(), baseline.lockId(), run.log().header().epoch(), OptionalInt.empty());
        RunLog log = new RunLog(header, samples, List.of(), List.of(), List.of(), Optional.empty(), 0);
        return new Tonight(
                plan.samples().stream().map(PlannedSample::key).toList(),
                plan.suites(Suite.Role.FINGERPRINT),
                plan.suites(Suite.Role.SAMPLES),
                log,
                run.manifest().scores());
    }
}
