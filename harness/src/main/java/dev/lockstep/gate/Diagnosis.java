package dev.lockstep.gate;

import dev.lockstep.baseline.Baseline;
import dev.lockstep.lock.Check;
import dev.lockstep.lock.CheckJson;
import dev.lockstep.run.RunEnd;
import dev.lockstep.run.SampleKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What a run tells beside its verdict; it decides nothing.
 *
 * @param trends of the detectors whose tests decide, this run included; those that it did not test stay as they were
 * @param notes sentences for people
 * @param attribution where what differs comes from; empty when nothing is known to differ
 */
public record Diagnosis(List<Trend> trends, List<String> notes, Optional<Attribution> attribution) {
    public Diagnosis {
        trends = List.copyOf(trends);
        notes = List.copyOf(notes);
    }

    public Diagnosis(List<Trend> trends, List<String> notes) {
        this(trends, notes, Optional.empty());
    }

    /** Diagnoses a run that asked nothing, because the lock is broken. */
    public static Diagnosis ofBroken(List<Check> checks) {
        return new Diagnosis(List.of(), List.of(), Attribution.of(checks));
    }

    public static Diagnosis none() {
        return new Diagnosis(List.of(), List.of());
    }

    /**
     * Diagnoses a judged run.
     *
     * @param before the trends up to the run before
     */
    public static Diagnosis of(
            Baseline baseline, Tonight tonight, Gate.Judgement judgement, List<Trend> before, GatePolicy policy) {
        List<Finding> tested = tested(judgement);
        List<Trend> trends = trends(tested, before);
        List<String> notes = new ArrayList<>();
        Verdict verdict = judgement.verdict();
        if (!(verdict instanceof Verdict.Drift)) {
            notes.addAll(alarms(trends, tested));
        }
        notes.addAll(EarlyWarning.of(baseline, tonight, policy));
        CaseFlips.of(baseline, tonight).sentence().ifPresent(notes::add);
        notes.addAll(Slowness.warnings(baseline, tonight));
        if (verdict instanceof Verdict.Drift || verdict instanceof Verdict.Inconclusive) {
            notes.addAll(PassScope.unjudged(tonight, judgement.findings()));
        }
        notes.addAll(policy.tiers().mistyped(suites(tonight)));
        return new Diagnosis(trends, notes, attribution(baseline, tonight, judgement));
    }

    private static Optional<Attribution> attribution(Baseline baseline, Tonight tonight, Gate.Judgement judgement) {
        if (!(judgement.verdict() instanceof Verdict.Drift drift)) {
            return Optional.empty();
        }
        Optional<RunEnd> end = tonight.log().end();
        List<Check> checks = end.map(known -> CheckJson.read(known.checks())).orElse(List.of());
        Signs signs = AnswerSigns.of(baseline, tonight, judgement.findings(), Signs.of(checks));
        return Optional.of(Attribution.of(signs, checks, Set.copyOf(drift.layers())));
    }

    /** Returns the same with further sentences. */
    public Diagnosis with(List<String> more) {
        List<String> all = new ArrayList<>(notes);
        all.addAll(more);
        return new Diagnosis(trends, all, attribution);
    }

    private static Set<String> suites(Tonight tonight) {
        return tonight.planned().stream().map(SampleKey::suite).collect(Collectors.toCollection(TreeSet::new));
    }

    /** A run that failed says nothing of the stack, and one at whose end another stack answered nothing of the locked one. */
    private static List<Finding> tested(Gate.Judgement judgement) {
        return judgement.verdict() instanceof Verdict.Invalid || judgement.verdict() instanceof Verdict.LockBroken
                ? List.of()
                : judgement.findings().stream().filter(Finding::isTested).toList();
    }

    private static List<Trend> trends(List<Finding> tested, List<Trend> before) {
        SortedMap<String, Trend> trends = new TreeMap<>();
        before.forEach(trend -> trends.put(trend.detector(), trend));
        for (Finding finding : tested) {
            Trend none = Trend.none(finding.detector());
            Trend known = trends.getOrDefault(finding.detector(), none);
            boolean isKnown = finding.result() == Finding.Result.CHANGED;
            trends.put(
                    finding.detector(),
                    isKnown ? none : known.after(finding.pValue().orElse(1)));
        }
        return List.copyOf(trends.values());
    }

    /** A detector that was not tested warned on the night that brought its evidence. */
    private static List<String> alarms(List<Trend> trends, List<Finding> tested) {
        Set<String> names = tested.stream().map(Finding::detector).collect(Collectors.toSet());
        return trends.stream()
                .filter(trend -> names.contains(trend.detector()) && trend.alarms())
                .map(Trend::sentence)
                .toList();
    }
}
