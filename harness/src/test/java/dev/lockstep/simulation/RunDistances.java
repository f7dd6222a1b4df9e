package dev.lockstep.simulation;

import dev.lockstep.stats.LogprobDistance;
import dev.lockstep.stats.RunLevelT;
import java.util.Arrays;
import java.util.stream.IntStream;

/** Holds a night against calibration runs: the mean |Δ log-probability| to them, beside their own to each other. */
final class RunDistances {
    private final double[][] runs;
    private final double[] unchanged;

    /**
     * Calibrates.
     *
     * @param runs log-probabilities of the same tokens in each calibration run, at least three runs
     * @param tokens how many of them count
     */
    RunDistances(double[][] runs, int tokens) {
        this.runs = Arrays.stream(runs).map(run -> Arrays.copyOf(run, tokens)).toArray(double[][]::new);
        double[][] between = new double[runs.length][runs.length];
        for (int i = 0; i < runs.length; i++) {
            for (int j = 0; j < i; j++) {
                between[i][j] = LogprobDistance.meanAbsolute(this.runs[i], this.runs[j]);
                between[j][i] = between[i][j];
            }
        }
        this.unchanged = Arrays.stream(between)
                .mapToDouble(row -> Arrays.stream(row).sum() / (row.length - 1))
                .toArray();
    }

    /** Returns the p-value of the t prediction; without any noise it is 0 as soon as anything differs. */
    double pValue(double[] night) {
        double[] compared = Arrays.copyOf(night, runs[0].length);
        double distance = IntStream.range(0, runs.length)
                .mapToDouble(run -> LogprobDistance.meanAbsolute(runs[run], compared))
                .average()
                .orElseThrow();
        return RunLevelT.upperTail(unchanged, distance);
    }
}
