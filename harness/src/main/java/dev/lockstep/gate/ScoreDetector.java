package dev.lockstep.gate;

import dev.lockstep.baseline.Baseline;
import dev.lockstep.baseline.Calibration;
import dev.lockstep.gate.DriftRule.Basis;
import dev.lockstep.gate.Finding.Result;
import dev.lockstep.gate.Finding.Severity;
import dev.lockstep.run.SampleKey;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;

/**
 * Detector L4: are the answers of one tier's suites as right as in the baseline?
 *
 * <p>Where scores repeat by proof, one that moves and comes back is a change. Where they do not, the run's mean is held against
 * those of the approved runs. Where nobody knows yet, a score that moves is told and proves nothing, and enough cases of which none
 * moves are the same.
 */
final class ScoreDetector implements Detector {
    private static final String IDENTICAL = "IDENTICAL: no answer changed its score";

    private final Baseline baseline;
    private final List<Tonight> passes;
    private final GatePolicy policy;
    private final Tiers.Tier tier;
    private final ScorePairs pairs;
    private final ScoreCases cases;

    ScoreDetector(Baseline baseline, List<Tonight> passes, GatePolicy policy, Tiers.Tier tier) {
        this.baseline = baseline;
        this.passes = List.copyOf(passes);
        this.policy = policy;
        this.tier = tier;
        this.pairs = ScorePairs.of(baseline, passes.getFirst()).of(policy.tiers(), tier);
        this.cases = ScoreCases.of(baseline, passes.getFirst(), pairs.compared());
    }

    @Override
    public String name() {
        return tier.finding();
    }

    @Override
    public List<SampleKey> decidedByRepeats() {
        boolean repeatsDecide = policy.judging() == GatePolicy.Judging.CALIBRATED
                && calibration().noise() == Calibration.Noise.DETERMINISTIC;
        return repeatsDecide ? pairs.moved() : List.of();
    }

    @Override
    public boolean isProved(SampleKey key, Repeats repeats) {
        return repeats.reproduce(key, pairs.now().value(key));
    }

    @Override
    public Finding find(Repeats repeats) {
        if (cases.size() == 0) {
            return undecided(Finding.NOTHING);
        }
        if (policy.judging() == GatePolicy.Judging.EQUALITY) {
            return exact(Determinism.byEquality(!pairs.moved().isEmpty(), IDENTICAL));
        }
        Calibration calibration = calibration();
        return switch (calibration.noise()) {
            case DETERMINISTIC -> repeating(repeats);
            case NOISY -> calibration.gates() ? byRuns(effectByRuns()) : undecided(calibration.missing());
            case UNCALIBRATED -> uncalibrated();
        };
    }

    private double level() {
        return policy.level("L4", Detectors.findings("L4", baseline, passes.getFirst(), policy));
    }

    private Calibration calibration() {
        return baseline.calibration("L4");
    }

    private Finding exact(Determinism found) {
        String size = found.result() == Result.CHANGED ? "; " + change().size() : "";
        return finding(
                found.result(),
                Basis.EQUALITY,
                found.pValue(),
                found.effect() + size,
                "one answer that changes its score");
    }

    /** Scores that do not repeat any more are noise, and enough approved runs tell how little of it they had. */
    private Finding repeating(Repeats repeats) {
        Determinism found = Determinism.of(this, repeats, IDENTICAL, baseline.runsNeededIfNoisy());
        return found.isLost() && baseline.runs().size() >= Calibration.ENOUGH_NOISY_RUNS
                ? byRuns(Determinism.demoted(effectByRuns()))
                : exact(found);
    }

    private Finding undecided(String missing) {
        return finding(Result.UNDECIDED, Basis.EQUALITY, OptionalDouble.empty(), missing, "");
    }

    private Finding byRuns(String effect) {
        RunScores scores = scores();
        return finding(scores.result(), Basis.RUNS, OptionalDouble.of(scores.pValue()), effect, scores.reach(level()));
    }

    /** What assumes that the answers of a run share no noise, or no distribution, stands beside what decides. */
    private String effectByRuns() {
        RunScores scores = scores();
        CaseTest test = test();
        return String.format(
                Locale.ROOT,
                "%s; not deciding: p %.2g by cases (%s), p %.2g by the rank of the run",
                scores.effect(),
                test.pValue(),
                test.basis(),
                scores.rank());
    }

    private RunScores scores() {
        return new RunScores(
                baseline, passes, pairs.compared(), policy.margins().scores());
    }

    private Finding uncalibrated() {
        OpenScores open = open();
        return open.isUnmoved()
                ? finding(open.result(), Basis.EQUALITY, OptionalDouble.empty(), open.effect(), OpenScores.REACH)
                : undecided(open.moved(test(), baseline.runsNeededIfNoisy()));
    }

    private OpenScores open() {
        return new OpenScores(change(), calibration(), pairs.moved().size());
    }

    private ScoreChange change() {
        return new ScoreChange(cases, policy.margins().scores());
    }

    private CaseTest test() {
        return CaseTest.of(cases, VerdictSeed.permutations(baseline, passes.getFirst()));
    }

    @Override
    public String remedy(Finding finding) {
        if (finding.result() != Result.UNDECIDED) {
            return "";
        }
        if (finding.isByRuns()) {
            return scores().remedy();
        }
        boolean isOpen = calibration().noise() == Calibration.Noise.UNCALIBRATED;
        return isOpen && cases.size() > 0 ? open().remedy() : "";
    }

    private Finding finding(Result result, Basis basis, OptionalDouble p, String effect, String reach) {
        int moved = pairs.moved().size();
        return new Finding(
                tier.finding(),
                result,
                basis,
                p,
                pairs.compared().size(),
                moved,
                severity(),
                effect,
                reach,
                pairs.evidence());
    }

    private Severity severity() {
        return pairs.moved().isEmpty()
                ? Severity.NONE
                : Severity.beyond(Math.abs(cases.meanChange()), policy.margins().scores());
    }
}
