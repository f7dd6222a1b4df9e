package dev.lockstep.gate;

import dev.lockstep.baseline.Baseline;
import dev.lockstep.baseline.Calibration;
import dev.lockstep.gate.DriftRule.Basis;
import dev.lockstep.gate.Finding.Result;
import dev.lockstep.gate.Finding.Severity;
import dev.lockstep.run.SampleKey;
import java.util.List;
import java.util.OptionalDouble;

/**
 * Detector L3: are answers sampled with new seeds still drawn from the baseline's distribution?
 *
 * <p>Where the same request gives the same answer bit by bit, nothing but the seeds tells one run from the next, and a permutation
 * within prompts decides; elsewhere the samples of one run share its noise, and the run is held against the approved runs. This is
 * the detector that sees how a server samples: greedy answers and log-probabilities do not.
 */
final class SampleDetector implements Detector {
    static final String NAME = "L3";

    private final Baseline baseline;
    private final Tonight tonight;
    private final GatePolicy policy;
    private final SampleArms arms;

    SampleDetector(Baseline baseline, List<Tonight> passes, GatePolicy policy) {
        this.baseline = baseline;
        this.tonight = passes.getFirst();
        this.policy = policy;
        this.arms = SampleArms.of(baseline, passes);
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public List<SampleKey> decidedByRepeats() {
        return List.of();
    }

    @Override
    public boolean isProved(SampleKey key, Repeats repeats) {
        return false;
    }

    @Override
    public Finding find(Repeats repeats) {
        if (arms.tonight().size() == 0) {
            return undecided(Finding.NOTHING);
        }
        Calibration calibration = baseline.calibration(NAME);
        if (calibration.noise() == Calibration.Noise.DETERMINISTIC) {
            return tested(SamplePermutation.of(arms, VerdictSeed.permutations(baseline, tonight)));
        }
        return calibration.gates()
                ? tested(SampleRuns.of(arms, VerdictSeed.of(baseline, tonight)))
                : undecided(calibration.missing());
    }

    private Finding tested(SampleTests tests) {
        double level = policy.level(NAME, 1);
        Reach reach = Reach.of(tests.similarity(level), NAME, policy);
        double times = reach.seen() / reach.wanted();
        Finding found = finding(
                tests.basis(),
                OptionalDouble.of(tests.pValue()),
                tests.pValue() <= level ? severity() : Severity.NONE,
                tests.effect(),
                tests.reach(level));
        return reach.hold(found, "about " + Reach.times(times * times) + " times the samples would do");
    }

    private Finding undecided(String why) {
        return finding(Basis.EQUALITY, OptionalDouble.empty(), Severity.NONE, why, "");
    }

    private Finding finding(Basis basis, OptionalDouble p, Severity severity, String effect, String reach) {
        Result result = p.isPresent() ? Result.SAME : Result.UNDECIDED;
        return new Finding(NAME, result, basis, p, arms.tonight().size(), 0, severity, effect, reach, List.of());
    }

    /** Other samples are drawn each time: only what the test calls different can matter, and its length tells how much. */
    private Severity severity() {
        double then = arms.pooled().mean(SampleMetric.LENGTH);
        double change = Math.abs(arms.tonight().mean(SampleMetric.LENGTH) - then) / Math.max(1, then);
        return Severity.beyond(change, policy.margins().length());
    }
}
