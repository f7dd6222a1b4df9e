package dev.lockstep.stats;

import org.apache.commons.statistics.distribution.NormalDistribution;

/** The normal distribution with mean 0 and standard deviation 1. */
final class StandardNormal {
    private static final NormalDistribution NORMAL = NormalDistribution.of(0, 1);

    private StandardNormal() {}

    static double cumulative(double z) {
        return NORMAL.cumulativeProbability(z);
    }

    static double survival(double z) {
        return NORMAL.survivalProbability(z);
    }

    /** Returns the value that is not exceeded with {@code probability}. */
    static double quantile(double probability) {
        return NORMAL.inverseCumulativeProbability(probability);
    }

    /** Returns the value that is exceeded with probability {@code tail}. */
    static double upperQuantile(double tail) {
        return NORMAL.inverseSurvivalProbability(tail);
    }

    /** Returns the sum of quantiles by which a two-sided test at {@code alpha} reaches {@code power}. */
    static double twoSidedReach(double alpha, double power) {
        return reach(Domain.between0And1("alpha", alpha) / 2, power);
    }

    /** Returns the sum of quantiles by which a one-sided test at {@code alpha} reaches {@code power}. */
    static double oneSidedReach(double alpha, double power) {
        return reach(Domain.between0And1("alpha", alpha), power);
    }

    private static double reach(double tail, double power) {
        return upperQuantile(tail) + quantile(Domain.between0And1("power", power));
    }
}
