package dev.lockstep.stats;

/** The middle of some values, or the mean of the two in the middle. Source: Commons Statistics. */
public final class Median {

    private Median() {}

    /** Returns the median of at least one value. */
    public static double of(double[] values) {
        Domain.positive("number of values", values.length);
        return org.apache.commons.statistics.descriptive.Median.withDefaults().evaluate(values);
    }
}
