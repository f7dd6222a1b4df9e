package dev.lockstep.gate;

import dev.lockstep.stats.Interval;
import dev.lockstep.stats.MeanEstimate;
import dev.lockstep.stats.RunLevelT;
import java.util.Locale;

/**
 * What one statistic of the sampled answers says.
 *
 * @param name of the statistic
 * @param pValue by itself
 * @param now its value tonight
 * @param then what it was in the approved runs
 * @param error the standard error of their difference; 0 where it has none
 * @param freedom degrees of freedom of the error
 */
record SampleTest(String name, double pValue, double now, double then, double error, double freedom) {
    /** What permutations measure has the error of the normal distribution. */
    static final double NORMAL = 1e9;

    static final String SIMILARITY = "similarity of samples";
    static final String DISTANCE = "distance from the baseline";

    /** A distance has no direction, and is told as a multiple of what chance makes it. */
    static SampleTest distance(double pValue, double now, double then) {
        return new SampleTest(DISTANCE, pValue, now, then, 0, NORMAL);
    }

    String told() {
        return String.format(
                Locale.ROOT, "%s %.4g, was %.4g (%sp %.2g by itself)", name, now, then, interval(), pValue);
    }

    private String interval() {
        if (error == 0) {
            return "";
        }
        Interval change = new MeanEstimate(now - then, error, freedom).interval(Interval.TOLD);
        return String.format(Locale.ROOT, "95 %% interval of the change %+.2g to %+.2g, ", change.low(), change.high());
    }

    /**
     * Returns the smallest change that would have been seen four times out of five.
     *
     * @param level of a two-sided test
     */
    double detectable(double level) {
        return error * RunLevelT.quantiles(level / 2, freedom);
    }

    /** Tells the smallest change that would have been seen four times out of five. */
    String reach(double level) {
        return String.format(Locale.ROOT, "%s by %.2g", name, detectable(level));
    }
}
