package dev.lockstep.gate;

import dev.lockstep.baseline.ScoreTable;
import dev.lockstep.run.SampleKey;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The mean score of each case over its repetitions in one run.
 *
 * <p>A case counts once, however often it was asked: asking a greedy one again gives the same answer, and says nothing new.
 */
final class CaseMeans {

    private CaseMeans() {}

    /** Returns the means by the paths of the cases; samples without a score are left out. */
    static SortedMap<String, Double> of(ScoreTable scores, List<SampleKey> keys) {
        return keys.stream()
                .filter(key -> isScored(scores, key))
                .collect(Collectors.groupingBy(
                        SampleKey::casePath, TreeMap::new, Collectors.averagingDouble(scores::value)));
    }

    /** Returns the mean over the cases, 0 without one. */
    static double mean(ScoreTable scores, List<SampleKey> keys) {
        return of(scores, keys).values().stream()
                .mapToDouble(Double::doubleValue)
                .average()
                .orElse(0);
    }

    /** Returns how many cases these samples are of. */
    static int count(List<SampleKey> keys) {
        return (int) keys.stream().map(SampleKey::casePath).distinct().count();
    }

    static boolean isScored(ScoreTable scores, SampleKey key) {
        return !scores.scores().getOrDefault(key, List.of()).isEmpty();
    }
}
