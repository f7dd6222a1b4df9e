package dev.lockstep.gate;

import dev.lockstep.baseline.Baseline;
import dev.lockstep.baseline.Calibration;
import dev.lockstep.baseline.Calibration.Noise;
import dev.lockstep.baseline.ScoreTable;
import dev.lockstep.gate.Finding.Evidence;
import dev.lockstep.gate.Finding.Result;
import dev.lockstep.run.Sample;
import dev.lockstep.run.SampleKey;
import dev.lockstep.stats.PairedCounts;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Detector L4: are as many answers right as in the first approved run? Paired by sample, exact McNemar.
 *
 * <p>Where scores repeat by proof, a night without a flip is the same by identity. Elsewhere it is a sample like any other, and
 * few samples prove nothing.
 */
final class ScoreDetector {
    private final Baseline baseline;
    private final Tonight tonight;
    private final GatePolicy policy;

    ScoreDetector(Baseline baseline, Tonight tonight, GatePolicy policy) {
        this.baseline = baseline;
        this.tonight = tonight;
        this.policy = policy;
    }

    Finding find() {
        ScoreTable then = baseline.first().manifest().scores();
        List<SampleKey> keys = comparable();
        List<Evidence> flips = new ArrayList<>();
        int[] table = new int[4];
        for (SampleKey key : keys) {
            boolean was = then.isRight(key);
            boolean is = tonight.scores().isRight(key);
            table[(is ? 0 : 2) + (was ? 0 : 1)]++;
            if (was != is) {
                flips.add(new Evidence(key, "score", right(was), right(is)));
            }
        }
        return judge(keys.size(), table[0], table[1], table[2], flips);
    }

    private Finding judge(int compared, int both, int gains, int losses, List<Evidence> flips) {
        Optional<String> missing = missing(compared);
        if (missing.isPresent()) {
            return finding(Result.UNDECIDED, OptionalDouble.empty(), compared, flips, missing.get());
        }
        if (flips.isEmpty() && equalityDecides()) {
            return finding(
                    Result.SAME, OptionalDouble.of(1), compared, flips, "IDENTICAL: no answer changed its score");
        }
        ScoreChange change =
                new ScoreChange(new PairedCounts(both, gains, losses, compared - both - gains - losses), policy);
        return finding(change.result(), OptionalDouble.of(change.pValue()), compared, flips, effect(change));
    }

    private Optional<String> missing(int compared) {
        if (compared == 0) {
            return Optional.of("no score could be compared");
        }
        Calibration scores = baseline.scores();
        boolean tooNoisy = isCalibrated() && scores.noise() == Noise.NOISY && !scores.gates();
        return tooNoisy ? Optional.of(scores.missing()) : Optional.empty();
    }

    private boolean equalityDecides() {
        return !isCalibrated() || baseline.scores().noise() == Noise.DETERMINISTIC;
    }

    private boolean isCalibrated() {
        return policy.judging() == GatePolicy.Judging.CALIBRATED;
    }

    /** Among too few samples no test says "the same"; enough comparisons between runs do, where scores repeat. */
    private String effect(ScoreChange change) {
        boolean unproved =
                change.result() == Result.UNDECIDED && baseline.scores().noise() == Noise.UNCALIBRATED;
        return unproved
                ? change.effect() + "; or prove that scores repeat: "
                        + baseline.scores().missing()
                : change.effect();
    }

    List<SampleKey> comparable() {
        return tonight.scoredKeys().stream()
                .filter(key -> tonight.sample(key)
                        .filter(sample -> sample.outcome() != Sample.Outcome.FAILED)
                        .isPresent())
                .filter(this::sameScorers)
                .filter(key -> baseline.first()
                        .sample(key, tonight.caseHash(key))
                        .filter(sample -> sample.outcome() != Sample.Outcome.FAILED)
                        .isPresent())
                .toList();
    }

    /** A changed scorer cannot be compared with what its earlier version said. */
    private boolean sameScorers(SampleKey key) {
        return scorers(baseline.first().manifest().scores(), key).equals(scorers(tonight.scores(), key));
    }

    private static List<String> scorers(ScoreTable table, SampleKey key) {
        return table.scores().getOrDefault(key, List.of()).stream()
                .map(score -> score.scorer())
                .sorted()
                .toList();
    }

    private static Finding finding(Result result, OptionalDouble p, int compared, List<Evidence> flips, String effect) {
        return new Finding("L4", result, "exact McNemar", p, compared, flips.size(), effect, flips);
    }

    private static String right(boolean right) {
        return right ? "right" : "wrong";
    }
}
