package dev.lockstep.job;

import dev.lockstep.baseline.Baseline;
import dev.lockstep.baseline.BaselineRun;
import dev.lockstep.gate.Diagnosis;
import dev.lockstep.gate.Tonight;
import dev.lockstep.gate.Verdict;
import dev.lockstep.lock.Check;
import dev.lockstep.lock.CheckJson;
import dev.lockstep.lock.Layer;
import dev.lockstep.lock.Lock;
import dev.lockstep.lock.LockCoverage;
import dev.lockstep.run.Plan;
import dev.lockstep.run.RunLog;
import dev.lockstep.run.Sample;
import dev.lockstep.stack.ReplicaSet;
import dev.lockstep.stack.Standings;
import dev.lockstep.stack.Verification;
import dev.lockstep.suite.EvalCase;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Puts together what a report says of a run. */
final class RunResults {
    private RunResults() {}

    /** What was seen of a stack that was not asked. */
    private record Seen(
            Lock lock,
            List<Check> checks,
            Set<Layer> absent,
            Optional<RunResult.BaselineSummary> baseline,
            Optional<ReplicaSet> replicas) {}

    static RunResult of(LockedStack stack, Plan plan, Verdict verdict) {
        Seen seen = new Seen(
                stack.lock(),
                stack.verification().checks(),
                absent(stack.lock()),
                stack.baseline().map(RunResult.BaselineSummary::of),
                Optional.of(stack.replicas()));
        return unasked(new Assignment(stack.request(), plan, stack.workplace()), verdict, seen);
    }

    /** Nothing answered, so there is nothing but the lock to tell of. */
    static RunResult unreachable(Assignment assignment, Lock lock, String why) {
        Seen nothing = new Seen(lock, List.of(), Set.of(), Optional.empty(), Optional.empty());
        return unasked(assignment, new Verdict.Invalid(List.of(why)), nothing);
    }

    private static RunResult unasked(Assignment assignment, Verdict verdict, Seen seen) {
        List<String> notes = seen.replicas().map(ReplicaSet::notes).orElse(List.of());
        return new RunResult(
                assignment.request().stack().name(),
                RunPlace.of(assignment),
                assignment.plan().profile().key(),
                assignment.request().policy(),
                Optional.empty(),
                seen.lock().id().value(),
                verdict,
                seen.checks(),
                seen.absent(),
                List.of(),
                seen.baseline(),
                new RunResult.Counts(assignment.plan().samples().size(), 0, 0, 0),
                List.of(),
                List.of(),
                Optional.empty(),
                diagnosis(verdict, seen).with(notes),
                new RunResult.Sight(
                        Optional.of(coverage(seen.lock(), seen.checks())), seen.replicas(), new TreeMap<>()));
    }

    private static Diagnosis diagnosis(Verdict verdict, Seen seen) {
        return verdict instanceof Verdict.LockBroken ? Diagnosis.ofBroken(seen.checks()) : Diagnosis.none();
    }

    static RunResult of(Assignment assignment, Judging.Judged judged, Path log) {
        Plan plan = assignment.plan();
        RunRequest request = assignment.request();
        Tonight tonight = judged.tonight();
        Baseline baseline = judged.baseline();
        ReplicaNotes replicas = new ReplicaNotes(tonight.log());
        List<Check> checks = CheckJson.read(tonight.log().end().orElseThrow().checks());
        return new RunResult(
                request.stack().name(),
                place(tonight.log(), request),
                plan.profile().key(),
                request.policy(),
                Optional.of(tonight.log().header()),
                tonight.log().header().lockId(),
                judged.judgement().verdict(),
                checks,
                absent(judged.lock()),
                judged.judgement().findings(),
                Optional.of(RunResult.BaselineSummary.of(baseline)),
                counts(plan, tonight.log()),
                SuiteSummaries.of(plan, judged),
                unbaselined(plan, baseline.first()),
                Optional.of(log),
                judged.diagnosis(),
                new RunResult.Sight(
                        Optional.of(coverage(judged.lock(), checks)), replicas.replicas(), replicas.answered()));
    }

    private static LockCoverage coverage(Lock lock, List<Check> checks) {
        return new Standings(lock, new Verification(checks, Set.of())).coverage();
    }

    /** A log that is judged again was started as it says; its verdict comes from the policy that judges it now. */
    private static RunResult.Place place(RunLog log, RunRequest request) {
        return PlaceJson.read(log.end().orElseThrow().place())
                .withGate(request.policy().named().map(Path::toString));
    }

    private static Set<Layer> absent(Lock lock) {
        return lock.layers().entrySet().stream()
                .filter(layer -> !layer.getValue().applicable())
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
    }

    private static RunResult.Counts counts(Plan plan, RunLog log) {
        return new RunResult.Counts(
                plan.samples().size(),
                count(log, Sample.Outcome.ANSWERED),
                count(log, Sample.Outcome.REFUSED),
                count(log, Sample.Outcome.FAILED));
    }

    private static int count(RunLog log, Sample.Outcome outcome) {
        return (int) log.samples().values().stream()
                .filter(sample -> sample.outcome() == outcome)
                .count();
    }

    private static List<String> unbaselined(Plan plan, BaselineRun baseline) {
        return plan.cases().stream()
                .filter(evalCase -> !evalCase.hash()
                        .equals(baseline.manifest().header().caseHashes().get(evalCase.path())))
                .map(EvalCase::path)
                .toList();
    }
}
