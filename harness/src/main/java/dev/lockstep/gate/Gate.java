package dev.lockstep.gate;

import dev.lockstep.baseline.Baseline;
import dev.lockstep.gate.Finding.Result;
import dev.lockstep.lock.Layer;
import dev.lockstep.run.SampleKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** From a run, its baseline and a policy to findings and a verdict: pure, the same input gives the same verdict. */
public final class Gate {
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
        return new ScoreDetector(baseline, tonight, policy).comparable();
    }

    /**
     * Returns which prompts must be asked {@value Repeats#TIMES} times more before {@link #judge}: a few at a time, until one
     * of the differences comes back each time, or all were asked again.
     *
     * @param repeats what was asked again so far
     */
    public List<SampleKey> toRepeat(Baseline baseline, Tonight tonight, Repeats repeats) {
        return new FingerprintDetector(baseline, tonight, policy).toRepeat(repeats);
    }

    /**
     * Judges a run whose lock holds and whose baseline is approved.
     *
     * @param trouble what made the run itself doubtful, such as a server that restarted in the middle; empty when nothing did
     */
    public Judgement judge(Baseline baseline, Tonight tonight, Repeats repeats, List<String> trouble) {
        List<String> invalid = new ArrayList<>(trouble);
        invalid.addAll(Completeness.problems(tonight, policy));
        List<Finding> findings = findings(baseline, tonight, repeats);
        int compared = findings.stream().mapToInt(Finding::compared).sum();
        if (compared == 0 && invalid.isEmpty()) {
            invalid.add(
                    "no case of this run is in the baseline; these are other suites: record and approve a baseline of them");
        }
        return new Judgement(
                invalid.isEmpty() ? decide(baseline, tonight, findings) : new Verdict.Invalid(invalid), findings);
    }

    private List<Finding> findings(Baseline baseline, Tonight tonight, Repeats repeats) {
        List<Finding> findings = new ArrayList<>();
        if (!tonight.fingerprintKeys().isEmpty()) {
            findings.add(new FingerprintDetector(baseline, tonight, policy).find(repeats));
        }
        if (!tonight.scoredKeys().isEmpty()) {
            findings.add(new ScoreDetector(baseline, tonight, policy).find());
        }
        return findings;
    }

    private Verdict decide(Baseline baseline, Tonight tonight, List<Finding> findings) {
        List<String> changed = sentences(findings, Result.CHANGED);
        if (!changed.isEmpty()) {
            return drift(baseline, tonight, changed);
        }
        List<String> undecided = new ArrayList<>(sentences(findings, Result.UNDECIDED));
        findings.forEach(finding -> undecided.addAll(tooLittle(finding, planned(tonight, finding))));
        return undecided.isEmpty() ? pass(findings) : new Verdict.Inconclusive(undecided);
    }

    private static int planned(Tonight tonight, Finding finding) {
        return finding.detector().equals("L1")
                ? tonight.fingerprintKeys().size()
                : tonight.scoredKeys().size();
    }

    private List<String> tooLittle(Finding finding, int planned) {
        double share = finding.compared() / (double) planned;
        if (finding.compared() > 0 && share >= policy.minCompared()) {
            return List.of();
        }
        return List.of(String.format(
                Locale.ROOT,
                "%s: the baseline holds %d of %d planned samples, the floor is %.0f %%; record and approve the new cases",
                finding.detector(),
                finding.compared(),
                planned,
                100 * policy.minCompared()));
    }

    private Verdict drift(Baseline baseline, Tonight tonight, List<String> changed) {
        Attribution.Prompts prompts = Attribution.prompts(baseline, tonight);
        List<String> reasons = new ArrayList<>(changed);
        reasons.add(prompts.sentence());
        return new Verdict.Drift(Verdict.Scope.STACK, Attribution.suspects(unverified, prompts), reasons);
    }

    private Verdict pass(List<Finding> findings) {
        List<String> reasons = new ArrayList<>(sentences(findings, Result.SAME));
        reasons.addAll(PassScope.sentences(policy, findings));
        return new Verdict.Pass(reasons);
    }

    private static List<String> sentences(List<Finding> findings, Result result) {
        return findings.stream()
                .filter(finding -> finding.result() == result)
                .map(finding -> finding.detector() + ": " + finding.changed() + " of " + finding.compared()
                        + " samples differ; " + finding.effect())
                .toList();
    }
}
