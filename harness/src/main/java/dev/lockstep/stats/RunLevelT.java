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
 *
 * <p>Sources: the prediction interval for one future value of G. J. Hahn, W. Q. Meeker, Statistical Intervals (1991), chapter 4, on
 * logarithms; the rank: V. Vovk, A. Gammerman, G. Shafer, Algorithmic Learning in a Random World (2005), chapter 2.
 */
public final class RunLevelT {
    private static final double LEAST = 1e-12;
    private static final double POWER = 0.8;

    private RunLevelT() {}

    /**
     * Returns the one-sided p-value of "the new run lies further out than the unchanged runs".
     *
     * @param unchanged a positive distance for each calibration run, at least two
     * @param tonight the same distance of the new run, 0 or more
     * @return a p-value in [0, 1]; when the calibration runs do not vary at all, 1 if tonight is no larger, else 0
     */
    public static double upperTail(double[] unchanged, double tonight) {
        MeanEstimate change = change(logs(unchanged), log(tonight));
        if (change.standardError() == 0) {
            return change.mean() <= 0 ? 1 : 0;
        }
        return change.distribution().survivalProbability(change.mean() / change.standardError());
    }

    /**
     * Returns the distance that {@link #upperTail} would call further out with probability .8: the mean of the unchanged runs on
     * the log scale, and as many standard errors of a prediction as the quantiles of t at 1 − level and at .8 add up to.
     *
     * @param unchanged a positive distance for each calibration run, at least two
     * @param level of the test, in (0, 1)
     */
    public static double detectable(double[] unchanged, double level) {
        return detectable(unchanged, level, POWER);
    }

    /**
     * Returns the distance that {@link #upperTail} would call further out with some probability; with probability .5 the upper limit
     * of the prediction interval.
     *
     * @param unchanged a positive distance for each calibration run, at least two
     * @param level of the test, in (0, 1)
     * @param power the probability to see it, in (0, 1)
     */
    public static double detectable(double[] unchanged, double level, double power) {
        MeanEstimate none = change(logs(unchanged), 0);
        return Math.exp(quantiles(level, none.degreesOfFreedom(), power) * none.standardError() - none.mean());
    }

    /**
     * Returns how many standard errors a change needs to be seen with probability .8 by a one-sided test.
     *
     * @param level of the test, in (0, 1)
     * @param degreesOfFreedom of the standard error, positive
     */
    public static double quantiles(double level, double degreesOfFreedom) {
        return quantiles(level, degreesOfFreedom, POWER);
    }

    /**
     * Returns how many standard errors a change needs to be seen by a one-sided test.
     *
     * @param level of the test, in (0, 1)
     * @param degreesOfFreedom of the standard error, positive
     * @param power the probability to see it, in (0, 1)
     */
    public static double quantiles(double level, double degreesOfFreedom, double power) {
        TDistribution t = TDistribution.of(degreesOfFreedom);
        return t.inverseSurvivalProbability(Domain.between0And1("level", level))
                + t.inverseCumulativeProbability(Domain.between0And1("power", power));
    }

    /**
     * Returns how a new run's value differs from the mean of unchanged runs, with the error of predicting a new run:
     * s·√(1 + 1/R), R − 1 degrees of freedom.
     *
     * @param unchanged a value for each calibration run, at least two
     * @param tonight the value of the new run
     */
    public static MeanEstimate change(double[] unchanged, double tonight) {
        int runs = unchanged.length;
        if (runs < 2) {
            throw new IllegalArgumentException("needs at least two calibration runs, has " + runs);
        }
        MeanEstimate mean = MeanEstimate.of(unchanged);
        return new MeanEstimate(tonight - mean.mean(), mean.standardError() * Math.sqrt(runs + 1.0), runs - 1.0);
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

    private static double[] logs(double[] values) {
        return Arrays.stream(values).map(RunLevelT::log).toArray();
    }

    static double log(double value) {
        return Math.log(Math.max(value, LEAST));
    }
}
