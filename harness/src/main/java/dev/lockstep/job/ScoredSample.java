package dev.lockstep.job;

import dev.lockstep.run.Sample;
import dev.lockstep.score.Score;
import java.util.List;

/**
 * A sample and what the scorers say of it.
 *
 * @param scores one for each scorer of the case, in the case's order; empty for a failed sample and for a fingerprint case
 */
public record ScoredSample(Sample sample, List<Score> scores) {

    public ScoredSample {
        scores = List.copyOf(scores);
    }

    /** Returns the sample's own score: the least of what its scorers say, 0 to 1. */
    double value() {
        return scores.stream().mapToDouble(Score::value).min().orElse(0);
    }
}
