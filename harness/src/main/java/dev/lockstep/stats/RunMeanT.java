package dev.lockstep.stats;

import dev.lockstep.stats.TestResult.Reason;

/**
 * Judges a figure of one new run, such as its pass rate, against the same figure of runs of an unchanged stack: the run is the
 * unit, since noise is shared within it.
 *
 * <p>A t prediction: (x − mean) / (s·√(1 + 1/R)) has R − 1 degrees of freedom, for R calibration runs. Unlike {@link RunLevelT},
 * which is for distances and looks at the upper tail of their logarithm, it takes figures of any sign and both directions.
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
        Domain.finite("tonight", new double[] {tonight});
        MeanEstimate known = MeanEstimate.of(unchanged);
        if (known.isUnknown()) {
            return new TestResult(0, 1, Reason.TOO_FEW);
        }
        double reach = known.standardError() * Math.sqrt(unchanged.length + 1.0);
        return new MeanEstimate(distance(tonight, known.mean()), reach, known.degreesOfFreedom()).test();
    }

    private static double distance(double tonight, double mean) {
        double distance = tonight - mean;
        return Math.abs(distance) <= ROUNDING * Math.abs(mean) ? 0 : distance;
    }
}
