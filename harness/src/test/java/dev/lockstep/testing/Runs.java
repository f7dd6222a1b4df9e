package dev.lockstep.testing;

import dev.lockstep.baseline.Baseline;
import dev.lockstep.baseline.BaselineRun;
import dev.lockstep.baseline.Calibration;
import dev.lockstep.baseline.RunManifest;
import dev.lockstep.baseline.ScoreTable;
import dev.lockstep.run.RunHeader;
import dev.lockstep.run.RunLog;
import dev.lockstep.run.Sample;
import dev.lockstep.run.SampleKey;
import dev.lockstep.score.Score;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Runs and baselines for tests; a case's hash is its own path. */
public final class Runs {
    public static final String LOCK_ID = "lk1-" + "0".repeat(64);
    public static final Calibration DETERMINISTIC = new Calibration("L1", 4, 106, 318, 0);
    public static final Calibration LOGPROBS = new Calibration("L2", 4, 106, 318, 0);
    public static final Calibration SCORES = new Calibration("L4", 4, 135, 405, 0);

    private Runs() {}

    public static RunLog log(String runId, List<Sample> samples) {
        return log(runId, samples, List.of());
    }

    public static RunLog log(String runId, List<Sample> samples, List<Sample> repeats) {
        SortedMap<SampleKey, Sample> byKey = new TreeMap<>();
        SortedMap<String, String> hashes = new TreeMap<>();
        for (Sample sample : samples) {
            byKey.put(sample.key(), sample);
            hashes.put(sample.key().casePath(), sample.key().casePath());
        }
        RunHeader header =
                new RunHeader(runId, "plan", hashes, new TreeMap<>(Map.of("exact", 1)), LOCK_ID, "epoch-" + runId, "");
        return new RunLog(header, byKey, repeats, List.of(), List.of(), Optional.empty(), 0);
    }

    public static BaselineRun run(String runId, List<Sample> samples, ScoreTable scores) {
        RunLog log = log(runId, samples);
        return new BaselineRun(new RunManifest(log.header(), scores, "digest"), log);
    }

    /** A baseline whose tokens, log-probabilities and scores repeat by proof. */
    public static Baseline baseline(BaselineRun... runs) {
        return baseline(List.of(DETERMINISTIC, LOGPROBS, SCORES), runs);
    }

    public static Baseline baseline(List<Calibration> calibrations, BaselineRun... runs) {
        return new Baseline(LOCK_ID, List.of(runs), calibrations, "ada", "first");
    }

    /** Scores of {@code exact}: the keys that are right, then those that are wrong. */
    public static ScoreTable scores(List<SampleKey> right, List<SampleKey> wrong) {
        SortedMap<SampleKey, List<Score>> scores = new TreeMap<>();
        right.forEach(key -> scores.put(key, List.of(score(1))));
        wrong.forEach(key -> scores.put(key, List.of(score(0))));
        return new ScoreTable(scores);
    }

    private static Score score(double value) {
        return new Score("exact@1", value, Score.Outcome.SCORED, "");
    }
}
