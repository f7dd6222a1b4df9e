package dev.lockstep.gate;

import dev.lockstep.baseline.Baseline;
import dev.lockstep.baseline.Calibration;
import dev.lockstep.gate.Finding.Result;
import dev.lockstep.gate.Finding.Severity;
import dev.lockstep.run.SampleKey;
import java.util.List;
import java.util.OptionalDouble;

/**
 * Detector L4: are the answers of one tier's suites as right as in the baseline?
 *
 * <p>Where scores repeat by proof, one that moves and comes back is a change. Where they do not, the run's mean is held against
 * those of the approved runs. Where nobody knows yet, the pairs with the first approved run decide by exact McNemar.
 */
final class ScoreDetector implements Detector {
    private final Baseline baseline;
    private final List<Tonight> passes;
    private final GatePolicy policy;
    private final Tiers.Tier tier;
    private final ScorePairs pairs;

    ScoreDetector(Baseline baseline, List<Tonight> passes, GatePolicy policy, Tiers.Tier tier) {
        this.baseline = baseline;
        this.passes = List.copyOf(passes);
        this.policy = policy;
        this.tier = tier;
        this.pairs = ScorePairs.of(baseline, passes.getFirst()).of(policy.tiers(), tier);
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
        if (pairs.compared().isEmpty()) {
            return undecided(Finding.NOTHING);
        }
        if (policy.judging() == GatePolicy.Judging.EQUALITY) {
            return exact(Determinism.byEquality(!pairs.moved().isEmpty(), identical()));
        }
        Calibration calibration = calibration();
        return switch (calibration.noise()) {
            case DETERMINISTIC -> exact(Determinism.of(this, repeats, identical(), baseline.runsNeededIfNoisy()));
            case NOISY -> calibration.gates() ? byRuns() : undecided(calibration.missing());
            case UNCALIBRATED -> byPairs();
        };
    }

    private Calibration calibration() {
        return baseline.calibration("L4");
    }

    private static String identical() {
        return "IDENTICAL: no answer changed its score";
    }

    private Finding exact(Determinism found) {
        return finding(
                found.result(), Finding.EQUALITY, found.pValue(), found.effect(), "one answer that changes its score");
    }

    private Finding undecided(String missing) {
        return finding(Result.UNDECIDED, Finding.EQUALITY, OptionalDouble.empty(), missing, "");
    }

    private Finding byRuns() {
        RunScores scores = new RunScores(
                baseline, passes, pairs.compared(), policy.margins().scores());
        return finding(
                scores.result(),
                Finding.BY_RUNS,
                OptionalDouble.of(scores.pValue()),
                scores.effect(),
                scores.reach(policy.level("L4")));
    }

    /** Where nobody knows the noise, a run without a flip is a sample like any other, and few samples prove nothing. */
    private Finding byPairs() {
        ScoreChange change = new ScoreChange(pairs.counts(), policy);
        return finding(
                change.result(),
                "exact McNemar",
                OptionalDouble.of(change.pValue()),
                change.effect() + unproved(change),
                change.reach(policy.level("L4")));
    }

    private String unproved(ScoreChange change) {
        return change.saysNothing()
                ? "; or prove that scores repeat: " + calibration().missing()
                : "";
    }

    private Finding finding(Result result, String basis, OptionalDouble p, String effect, String reach) {
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
                : Severity.beyond(Math.abs(pairs.meanChange()), policy.margins().scores());
    }
}
