package dev.lockstep.job;

import dev.lockstep.baseline.Baseline;
import dev.lockstep.gate.Asked;
import dev.lockstep.gate.Confirmation;
import dev.lockstep.gate.Diagnosis;
import dev.lockstep.gate.Gate;
import dev.lockstep.gate.Repeats;
import dev.lockstep.gate.ToConfirm;
import dev.lockstep.gate.Tonight;
import dev.lockstep.lock.Layer;
import dev.lockstep.lock.Lock;
import dev.lockstep.run.Plan;
import dev.lockstep.run.PlannedSample;
import dev.lockstep.run.RunEnd;
import dev.lockstep.run.RunLog;
import dev.lockstep.run.Sample;
import dev.lockstep.run.SampleKey;
import dev.lockstep.suite.Suite;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Makes a verdict of a run log and a baseline; asks no server, so the same log gives the same verdict whenever it is judged. */
final class Judging {
    private final Assignment assignment;
    private final Lock lock;
    private final Baseline baseline;
    private final Scoring scoring;

    Judging(Assignment assignment, Lock lock, Baseline baseline) {
        this.assignment = assignment;
        this.lock = lock;
        this.baseline = baseline;
        this.scoring = new Scoring(assignment.plan().cases());
    }

    /**
     * What a result tells of a judged run.
     *
     * @param comparable the scored samples that have a counterpart in the baseline
     */
    record Judged(
            Lock lock,
            Tonight tonight,
            Baseline baseline,
            List<SampleKey> comparable,
            Gate.Judgement judgement,
            Diagnosis diagnosis) {}

    ScoredLog scored(RunLog log) {
        return scoring.score(log);
    }

    /** Returns which prompts to ask again next; nothing when further answers would not change the verdict. */
    List<SampleKey> toRepeat(ScoredLog scored) {
        return otherwise(scored.log()).isSo() ? List.of() : gate(Set.of()).toRepeat(baseline, asked(scored));
    }

    /** Returns what to ask afresh next, because a test fired; nothing when that would not change the verdict. */
    ToConfirm toConfirm(ScoredLog scored) {
        return otherwise(scored.log()).isSo()
                ? new ToConfirm(ToConfirm.Start.SAME, List.of())
                : gate(Set.of()).toConfirm(baseline, asked(scored));
    }

    private Gate gate(Set<Layer> unverified) {
        return new Gate(assignment.request().policy().values(), unverified);
    }

    /**
     * Judges a log that has its end line.
     *
     * @param file where the log lies
     * @param folder where the reports belong
     */
    RunOutcome outcome(ScoredLog scored, Path file, RunFolder folder) {
        RunEnd end = scored.log().end().orElseThrow();
        Gate gate = gate(layers(end.unverified()));
        Asked asked = asked(scored);
        Gate.Judgement judgement = StackAtEnd.judged(end, gate.judge(baseline, asked, trouble(scored.log(), end)));
        Diagnosis diagnosis = Diagnosis.of(
                baseline,
                asked.tonight(),
                judgement,
                TrendFile.trends(end.trends()),
                assignment.request().policy().values());
        Judged judged = new Judged(
                lock,
                asked.tonight(),
                baseline,
                gate.comparableScores(baseline, asked.tonight()),
                judgement,
                diagnosis.with(new ReplicaNotes(scored.log()).of(judgement)));
        return new RunOutcome(
                RunResults.of(assignment, judged, file),
                folder,
                assignment.plan().cases(),
                scored.samples(),
                scored(baseline.first().log()).samples());
    }

    private List<String> trouble(RunLog log, RunEnd end) {
        List<String> trouble = new ArrayList<>(end.trouble());
        trouble.addAll(failedRepeats(log));
        trouble.addAll(otherwise(log).sentences());
        return trouble;
    }

    private AskedOtherwise otherwise(RunLog log) {
        return AskedOtherwise.than(baseline, log.header());
    }

    private Asked asked(ScoredLog scored) {
        List<SampleKey> planned =
                assignment.plan().samples().stream().map(PlannedSample::key).toList();
        Repeats repeats = Repeats.of(
                scored.log().repeats(), sample -> scoring.score(sample).value());
        return new Asked(tonight(scored, planned), repeats, confirmations(scored));
    }

    private Tonight tonight(ScoredLog scored, List<SampleKey> planned) {
        Plan plan = assignment.plan();
        return new Tonight(
                planned,
                plan.suites(Suite.Role.FINGERPRINT),
                plan.suites(Suite.Role.SAMPLES),
                scored.log(),
                scored.table());
    }

    private List<Confirmation> confirmations(ScoredLog scored) {
        Map<String, List<Sample>> byEpoch = scored.log().confirms().stream()
                .collect(Collectors.groupingBy(Sample::epoch, LinkedHashMap::new, Collectors.toList()));
        return byEpoch.entrySet().stream()
                .map(start -> new Confirmation(start.getKey(), passes(scored.log(), start.getValue())))
                .toList();
    }

    /** The last answers count, where a run that was killed in the middle of a confirmation asked anew. */
    private List<Tonight> passes(RunLog log, List<Sample> confirms) {
        Map<SampleKey, List<Sample>> byKey =
                confirms.stream().collect(Collectors.groupingBy(Sample::key, TreeMap::new, Collectors.toList()));
        List<SampleKey> keys = List.copyOf(byKey.keySet());
        return IntStream.iterate(Confirmation.PASSES, fromEnd -> fromEnd > 0, fromEnd -> fromEnd - 1)
                .mapToObj(fromEnd -> byKey.values().stream()
                        .filter(all -> all.size() >= fromEnd)
                        .map(all -> all.get(all.size() - fromEnd))
                        .toList())
                .map(samples -> tonight(scored(log.of(samples)), keys))
                .toList();
    }

    private static Set<Layer> layers(List<String> keys) {
        return keys.stream()
                .map(key -> Layer.of(key).orElseThrow())
                .collect(Collectors.toCollection(() -> EnumSet.noneOf(Layer.class)));
    }

    /** What another server start failed to answer leaves what this one answered as it is. */
    private static List<String> failedRepeats(RunLog log) {
        Stream<Sample> here = log.confirms().stream()
                .filter(sample -> sample.epoch().equals(log.header().epoch()));
        long failed = Stream.concat(log.repeats().stream(), here)
                .filter(sample -> sample.outcome() == Sample.Outcome.FAILED)
                .count();
        return failed == 0
                ? List.of()
                : List.of(failed
                        + " samples that were asked again failed in the infrastructure; start the same command again");
    }
}
