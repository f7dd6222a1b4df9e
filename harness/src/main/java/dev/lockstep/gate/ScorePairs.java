package dev.lockstep.gate;

import dev.lockstep.baseline.Baseline;
import dev.lockstep.baseline.BaselineRun;
import dev.lockstep.baseline.ScoreTable;
import dev.lockstep.gate.Finding.Evidence;
import dev.lockstep.run.Sample;
import dev.lockstep.run.SampleKey;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Tonight's scores beside those of the first approved run.
 *
 * @param compared the samples of the same case, judged by the same scorers, that no infrastructure spoilt
 */
record ScorePairs(List<SampleKey> compared, ScoreTable then, ScoreTable now) {
    ScorePairs {
        compared = List.copyOf(compared);
    }

    /** Pairs the samples of all tiers. */
    static ScorePairs of(Baseline baseline, Tonight tonight) {
        BaselineRun first = baseline.first();
        List<SampleKey> compared = tonight.scoredKeys().stream()
                .filter(key -> isComparable(first, tonight, key))
                .toList();
        return new ScorePairs(compared, first.manifest().scores(), tonight.scores());
    }

    /** Returns whether an approved run holds a sample of tonight: of the same case, judged by the same scorers, and not spoilt. */
    static boolean isComparable(BaselineRun run, Tonight tonight, SampleKey key) {
        return tonight.holds(key)
                && scorers(run.manifest().scores(), key).equals(scorers(tonight.scores(), key))
                && isThere(run.sample(key, tonight.caseHash(key)));
    }

    /** Returns the pairs of one tier. */
    ScorePairs of(Tiers tiers, Tiers.Tier tier) {
        return new ScorePairs(
                compared.stream().filter(key -> tiers.of(key.suite()) == tier).toList(), then, now);
    }

    private static boolean isThere(Optional<Sample> sample) {
        return sample.filter(each -> each.outcome() != Sample.Outcome.FAILED).isPresent();
    }

    /** A changed scorer cannot be compared with what its earlier version said. */
    private static List<String> scorers(ScoreTable table, SampleKey key) {
        return table.scores().getOrDefault(key, List.of()).stream()
                .map(score -> score.scorer())
                .sorted()
                .toList();
    }

    /** Returns the samples with another score than then, however small the change. */
    List<SampleKey> moved() {
        return compared.stream()
                .filter(key -> then.value(key) != now.value(key))
                .toList();
    }

    List<Evidence> evidence() {
        return moved().stream()
                .map(key -> new Evidence(key, "score", told(then.value(key)), told(now.value(key))))
                .toList();
    }

    private static String told(double value) {
        if (value >= 1) {
            return "right";
        }
        return value <= 0 ? "wrong" : String.format(Locale.ROOT, "wrong (%s)", value);
    }
}
