package dev.lockstep.stats;

import org.apache.commons.statistics.interval.BinomialConfidenceInterval;

/**
 * Two-sided confidence intervals for one proportion, inside [0, 1].
 *
 * <p>Wilson's is closest to its nominal level, Clopper and Pearson's never falls below it. Comparison: L. D. Brown, T. T. Cai, A.
 * DasGupta, Statistical Science 16 (2001). Source: Commons Statistics.
 */
public final class ProportionInterval {

    private ProportionInterval() {}

    /**
     * Returns the score interval (E. B. Wilson, JASA 22, 1927).
     *
     * @param level confidence, in (0, 1)
     */
    public static Interval wilson(Proportion proportion, double level) {
        return of(BinomialConfidenceInterval.WILSON_SCORE, proportion, level);
    }

    /**
     * Returns the exact interval (C. J. Clopper, E. S. Pearson, Biometrika 26, 1934), for claims that must hold.
     *
     * @param level confidence, in (0, 1)
     */
    public static Interval clopperPearson(Proportion proportion, double level) {
        return of(BinomialConfidenceInterval.CLOPPER_PEARSON, proportion, level);
    }

    /**
     * Returns the equal-tailed interval of the posterior under the prior Beta(½, ½).
     *
     * @param level confidence, in (0, 1)
     */
    public static Interval jeffreys(Proportion proportion, double level) {
        return of(BinomialConfidenceInterval.JEFFREYS, proportion, level);
    }

    /**
     * Returns the one-sided upper bound for a probability after it never happened: 1 − (1 − level)^(1/trials).
     *
     * @param trials 1 or more
     * @param level confidence, in (0, 1)
     */
    public static double upperBoundOfNone(int trials, double level) {
        Domain.positive("trials", trials);
        return -Math.expm1(Math.log1p(-Domain.between0And1("level", level)) / trials);
    }

    private static Interval of(BinomialConfidenceInterval method, Proportion proportion, double level) {
        double error = 1 - Domain.between0And1("level", level);
        var ends = method.fromErrorRate(proportion.trials(), proportion.successes(), error);
        // Rounding may leave an end beside the rate, or beyond what is possible.
        double low = Math.clamp(ends.getLowerBound(), 0, proportion.rate());
        double high = Math.clamp(ends.getUpperBound(), proportion.rate(), 1);
        return new Interval(proportion.rate(), low, high);
    }
}
