package dev.lockstep.stats;

import dev.lockstep.stats.TestResult.Reason;

/**
 * Judges a figure of one new run, such as its pass rate, against the same figure of runs of an unchanged stack: the run is the
 * unit, since noise is shared within it.
 *
 * <p>A t prediction: (x − mean) / (s·√(1 + 1/R)) has R − 1 degrees of freedom, for R calibration runs. Unlike {@link RunLevelT},
 * which is for distances and looks at the upper tail of their logarithm, it takes figures of any sign and both directions.
 *
 * <p>Source: the prediction interval for one future value of G. J. Hahn, W. Q. Meeker, Statistical Intervals (1991), chapter 4.
 */
public final class RunMeanT {
    private static final double ROUNDING = 1e-12;

    private RunMeanT() {}

    /**
     * Tests two-sided whether the new run belongs to the unchanged ones.
     *
     * @param unchanged the figure of each calibration run, finite; fewer than two are too few
     * @param tonight the figure of the new run, finite
     * @return the statistic is t, negative where tonight is below; when calibration runs do not vary at all, p = 1, {@link
     *     Reason#IDENTICAL}, for an equal figure, and p = 0 for any other
     */
    public static TestResult test(double[] unchanged, double tonight) {
        return change(unchanged, tonight, 0).test();
    }

    /**
     * Returns how the new run's figure differs from the mean of the unchanged ones, with the error of predicting a run.
     *
     * @param unchanged the figure of each calibration run, finite; with fewer than two the error is unknown
     * @param tonight the figure of the new run, finite
     * @param least the standard deviation that runs have at least, however alike those that were measured; 0 or more
     */
    public static MeanEstimate change(double[] unchanged, double tonight, double least) {
        Domain.finite("tonight", new double[] {tonight});
        Domain.notNegative("least", least);
        MeanEstimate known = MeanEstimate.of(unchanged);
        double distance = distance(tonight, known.mean());
        if (known.isUnknown()) {
            return new MeanEstimate(distance, known.standardError(), known.degreesOfFreedom());
        }
        double deviation = Math.max(least, known.standardError() * Math.sqrt(unchanged.length));
        return new MeanEstimate(distance, deviation * Math.sqrt(1 + 1.0 / unchanged.length), known.degreesOfFreedom());
    }

    private static double distance(double tonight, double mean) {
        double distance = tonight - mean;
        return Math.abs(distance) <= ROUNDING * Math.abs(mean) ? 0 : distance;
    }
}
