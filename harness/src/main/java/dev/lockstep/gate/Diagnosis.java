package dev.lockstep.gate;

import dev.lockstep.baseline.Baseline;
import dev.lockstep.run.SampleKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What a run tells beside its verdict; it decides nothing.
 *
 * @param trends of the detectors whose tests decide, this run included
 * @param notes sentences for people
 */
public record Diagnosis(List<Trend> trends, List<String> notes) {
    public Diagnosis {
        trends = List.copyOf(trends);
        notes = List.copyOf(notes);
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
        List<Trend> trends = trends(judgement.findings(), before);
        List<String> notes = new ArrayList<>();
        if (!(judgement.verdict() instanceof Verdict.Drift)) {
            trends.stream().filter(Trend::alarms).map(Trend::sentence).forEach(notes::add);
        }
        CaseFlips.of(baseline, tonight).sentence().ifPresent(notes::add);
        Operation.warning(baseline, tonight).ifPresent(notes::add);
        if (!(judgement.verdict() instanceof Verdict.Pass)) {
            notes.addAll(PassScope.unjudged(tonight, judgement.findings()));
        }
        notes.addAll(policy.tiers().mistyped(suites(tonight)));
        return new Diagnosis(trends, notes);
    }

    private static Set<String> suites(Tonight tonight) {
        return tonight.planned().stream().map(SampleKey::suite).collect(Collectors.toCollection(TreeSet::new));
    }

    private static List<Trend> trends(List<Finding> findings, List<Trend> before) {
        Map<String, Trend> known = before.stream().collect(Collectors.toMap(Trend::detector, Function.identity()));
        return findings.stream()
                .filter(Finding::isTested)
                .map(finding -> known.getOrDefault(finding.detector(), Trend.none(finding.detector()))
                        .after(finding.pValue().orElse(1)))
                .toList();
    }
}
