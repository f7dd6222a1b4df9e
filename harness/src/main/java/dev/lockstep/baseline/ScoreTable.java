package dev.lockstep.baseline;

import dev.lockstep.run.SampleKey;
import dev.lockstep.score.Score;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** The scores of a run: sample key to what its scorers say; failed samples have no entry. */
public record ScoreTable(SortedMap<SampleKey, List<Score>> scores) {

    public ScoreTable {
        scores = Collections.unmodifiableSortedMap(new TreeMap<>(scores));
    }

    /** Returns the sample's own score: the least of what its scorers say, 0 to 1. */
    public double value(SampleKey key) {
        return scores.getOrDefault(key, List.of()).stream()
                .mapToDouble(Score::value)
                .min()
                .orElse(0);
    }

    /** Returns whether every scorer is content. */
    public boolean isRight(SampleKey key) {
        return value(key) >= 1;
    }
}
