package dev.lockstep.gate;

import dev.lockstep.baseline.Baseline;
import dev.lockstep.baseline.FingerprintAspect;
import dev.lockstep.gate.Finding.Result;
import dev.lockstep.lock.Layer;
import dev.lockstep.run.SampleKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

/** From a run, its baseline and a policy to findings and a verdict: pure, the same input gives the same verdict. */
public final class Gate {
    private static final int REPEATED_AT_ONCE = 10;

    private final GatePolicy policy;
    private final Set<Layer> unverified;

    /**
     * Makes the gate of one stack.
     *
     * @param unverified the layers of the stack that nobody could prove to be the locked ones
     */
    public Gate(GatePolicy policy, Set<Layer> unverified) {
        this.policy = policy;
        this.unverified = Set.copyOf(unverified);
    }

    /** A verdict with the findings it rests on. */
    public record Judgement(Verdict verdict, List<Finding> findings) {
        public Judgement {
            findings = List.copyOf(findings);
        }
    }

    /** Returns the scored samples that have a counterpart in the baseline: the same case, judged by the same scorers. */
    public List<SampleKey> comparableScores(Baseline baseline, Tonight tonight) {
        return ScorePairs.of(baseline, tonight).compared();
    }

    /**
     * Returns which prompts must be asked {@value Repeats#TIMES} times more before {@link #judge}: a few at a time, until one
     * of the differences comes back each time, or all were asked again.
     */
    public List<SampleKey> toRepeat(Baseline baseline, Asked asked) {
        List<Detector> detectors = Detectors.of(baseline, List.of(asked.tonight()), policy);
        Repeats repeats = asked.repeats();
        boolean proved = detectors.stream()
                .anyMatch(detector ->
                        detector.decidedByRepeats().stream().anyMatch(key -> detector.isProved(key, repeats)));
        return proved
                ? List.of()
                : detectors.stream()
                        .flatMap(detector -> detector.decidedByRepeats().stream())
                        .distinct()
                        .filter(key -> !repeats.hold(key))
                        .limit(REPEATED_AT_ONCE)
                        .toList();
    }

    /**
     * Returns what must be asked afresh before {@link #judge}: what a test fired on, or, when a difference that came back decides, that
     * of another start; nothing when neither is there.
     */
    public ToConfirm toConfirm(Baseline baseline, Asked asked) {
        return confirming(baseline, asked).next();
    }

    /**
     * Judges a run whose lock holds and whose baseline is approved.
     *
     * @param trouble what made the run itself doubtful, such as a server that restarted in the middle; empty when nothing did
     */
    public Judgement judge(Baseline baseline, Asked asked, List<String> trouble) {
        Tonight tonight = asked.tonight();
        List<String> invalid = new ArrayList<>(trouble);
        invalid.addAll(Completeness.problems(tonight, policy));
        Confirming confirming = confirming(baseline, asked);
        List<Finding> findings = confirming.confirmed();
        int compared = findings.stream().mapToInt(Finding::compared).sum();
        if (compared == 0 && invalid.isEmpty()) {
            invalid.add(
                    "no case of this run is in the baseline; these are other suites: record and approve a baseline of them");
        }
        return new Judgement(
                invalid.isEmpty()
                        ? decide(baseline, tonight, findings, confirming.scope())
                        : new Verdict.Invalid(invalid),
                findings);
    }

    private Confirming confirming(Baseline baseline, Asked asked) {
        List<Detector> detectors = Detectors.of(baseline, List.of(asked.tonight()), policy);
        return new Confirming(baseline, policy, asked, Screened.of(detectors, asked.repeats(), policy));
    }

    private Verdict decide(Baseline baseline, Tonight tonight, List<Finding> findings, Verdict.Scope scope) {
        List<String> changed = sentences(findings, Result.CHANGED);
        if (!changed.isEmpty()) {
            Suspects.Prompts prompts = Suspects.prompts(baseline, tonight);
            List<String> reasons = Stream.concat(changed.stream(), Stream.of(prompts.sentence()))
                    .toList();
            return new Verdict.Drift(scope, Suspects.suspects(unverified, prompts), reasons);
        }
        Waivers waivers = new Waivers(policy.waivers(), tonight.day());
        List<String> undecided = new ArrayList<>(waivers.unwaived(
                findings.stream().filter(finding -> finding.compared() > 0).toList()));
        findings.forEach(
                finding -> undecided.addAll(tooLittle(finding, Detectors.planned(baseline, tonight, finding, policy))));
        return undecided.isEmpty() ? pass(tonight, findings, waivers) : new Verdict.Inconclusive(undecided);
    }

    private List<String> tooLittle(Finding finding, int planned) {
        if (finding.compared() > 0 && finding.compared() >= policy.minCompared() * planned) {
            return List.of();
        }
        if (finding.detector().equals(FingerprintAspect.PREFILL.detector())) {
            return List.of(String.format(
                    Locale.ROOT,
                    "%s: %d of the %d prompts of the baseline could be compared, the floor is %.0f %%: the others have other tokens"
                            + " tonight, or the endpoint does not score them any more; see what it answers in the run log (forced)",
                    finding.detector(),
                    finding.compared(),
                    planned,
                    100 * policy.minCompared()));
        }
        return List.of(String.format(
                Locale.ROOT,
                "%s: the baseline holds %d of %d planned samples, the floor is %.0f %%; record and approve the new cases",
                finding.detector(),
                finding.compared(),
                planned,
                100 * policy.minCompared()));
    }

    private static Verdict pass(Tonight tonight, List<Finding> findings, Waivers waivers) {
        List<String> reasons = new ArrayList<>(sentences(findings, Result.SAME));
        reasons.addAll(waivers.used(findings));
        reasons.addAll(PassScope.sentences(tonight, findings));
        return new Verdict.Pass(reasons);
    }

    private static List<String> sentences(List<Finding> findings, Result result) {
        return findings.stream()
                .filter(finding -> finding.result() == result)
                .map(Finding::sentence)
                .toList();
    }
}
