package dev.lockstep.stats;

import java.util.Arrays;
import org.apache.commons.statistics.distribution.TDistribution;

/**
 * Judges one new run against runs of an unchanged stack: the run is the unit, since noise is shared within it.
 *
 * <p>The statistic is compared on the log scale with a t prediction interval: p is the upper tail, with R−1 degrees of freedom,
 * of (ln x − mean) / (s·√(1 + 1/R)), for R calibration runs.
 *
 * <p>The logarithms of real runs have heavier tails than the normal distribution: with few runs one unusual night moves both
 * mean and deviation, and the level is exceeded. Calibrate with 10 runs or more before it decides alone, and show
 * {@link #rank} beside it, which assumes no distribution.
 */
public final class RunLevelT {
    private static final double LEAST = 1e-12;

    private RunLevelT() {}

    /**
     * Returns the one-sided p-value of "the new run lies further out than the unchanged runs".
     *
     * @param unchanged a positive distance for each calibration run, at least two
     * @param tonight the same distance of the new run, 0 or more
     * @return a p-value in [0, 1]; when the calibration runs do not vary at all, 1 if tonight is no larger, else 0
     */
    public static double upperTail(double[] unchanged, double tonight) {
        int runs = unchanged.length;
        if (runs < 2) {
            throw new IllegalArgumentException("needs at least two calibration runs, has " + runs);
        }
        double mean = 0;
        for (double value : unchanged) {
            mean += log(value) / runs;
        }
        double squares = 0;
        for (double value : unchanged) {
            squares += (log(value) - mean) * (log(value) - mean);
        }
        double deviation = Math.sqrt(squares / (runs - 1));
        double distance = log(tonight) - mean;
        if (deviation == 0) {
            return distance <= 0 ? 1 : 0;
        }
        return TDistribution.of(runs - 1).survivalProbability(distance / (deviation * Math.sqrt(1 + 1.0 / runs)));
    }

    /**
     * Returns the p-value of the new run's rank: (1 + number of unchanged runs at least as far out) / (R + 1).
     *
     * <p>It holds for any distribution as long as the runs are exchangeable, but cannot go below 1 / (R + 1).
     *
     * @param unchanged the distance of each calibration run
     * @param tonight the same distance of the new run
     * @return in (0, 1]; 1 without a calibration run
     */
    public static double rank(double[] unchanged, double tonight) {
        long further = Arrays.stream(unchanged).filter(run -> run >= tonight).count();
        return (1.0 + further) / (unchanged.length + 1);
    }

    private static double log(double value) {
        return Math.log(Math.max(value, LEAST));
    }
}
