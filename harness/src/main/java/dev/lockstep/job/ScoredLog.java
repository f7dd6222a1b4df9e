package dev.lockstep.job;

import dev.lockstep.baseline.ScoreTable;
import dev.lockstep.run.RunEnd;
import dev.lockstep.run.RunLog;
import dev.lockstep.run.Sample;
import dev.lockstep.run.SampleKey;
import dev.lockstep.score.Score;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A run log whose samples were scored, once however often it is looked at.
 *
 * @param samples those of the log, in the order of their keys; repeats and controls have no scores
 */
public record ScoredLog(RunLog log, List<ScoredSample> samples) {

    public ScoredLog {
        samples = List.copyOf(samples);
    }

    /** Returns the scores of every sample that did not fail. */
    public ScoreTable table() {
        SortedMap<SampleKey, List<Score>> scores = new TreeMap<>();
        samples.stream()
                .filter(scored -> scored.sample().outcome() != Sample.Outcome.FAILED)
                .forEach(scored -> scores.put(scored.sample().key(), scored.scores()));
        return new ScoreTable(scores);
    }

    ScoredLog withRepeats(List<Sample> more) {
        return new ScoredLog(log.withRepeats(more), samples);
    }

    ScoredLog withConfirms(List<Sample> more) {
        return new ScoredLog(log.withConfirms(more), samples);
    }

    ScoredLog withEnd(RunEnd end) {
        return new ScoredLog(log.withEnd(end), samples);
    }
}
