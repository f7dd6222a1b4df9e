package dev.lockstep.gate;

import dev.lockstep.baseline.Baseline;
import dev.lockstep.baseline.Calibration;
import dev.lockstep.baseline.ScoreTable;
import dev.lockstep.gate.Finding.Evidence;
import dev.lockstep.gate.Finding.Result;
import dev.lockstep.run.Sample;
import dev.lockstep.run.SampleKey;
import dev.lockstep.stats.PairedCounts;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;

/** Detector L4: are as many answers right as in the first approved run? Paired by sample, exact McNemar. */
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
        if (flips.isEmpty()) {
            return finding(Result.SAME, OptionalDouble.of(1), compared, flips, noFlip(compared));
        }
        ScoreChange change =
                new ScoreChange(new PairedCounts(both, gains, losses, compared - both - gains - losses), policy);
        return finding(change.result(), OptionalDouble.of(change.pValue()), compared, flips, change.effect());
    }

    /** Where scores repeat by proof, one night without a flip proves that they still do; elsewhere it is a sample. */
    private String noFlip(int compared) {
        Calibration scores = baseline.scores();
        return scores.noise() == Calibration.Noise.DETERMINISTIC
                ? "IDENTICAL: no answer changed its score"
                : "no flip among " + compared + " on a layer that is "
                        + scores.noise().name().toLowerCase(Locale.ROOT);
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
