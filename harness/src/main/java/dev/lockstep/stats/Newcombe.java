package dev.lockstep.stats;

import org.apache.commons.statistics.distribution.NormalDistribution;

/**
 * Newcombe's intervals for a difference of paired proportions, built on Wilson's score intervals.
 *
 * <p>Source: R. G. Newcombe, "Improved confidence intervals for the difference between binomial proportions based on paired
 * data", Statistics in Medicine 17 (1998), method 10 (with continuity-corrected φ).
 */
public final class Newcombe {

    private Newcombe() {}

    /**
     * Returns the interval for P(first) − P(second) over the pairs of a 2×2 table.
     *
     * @param both pairs where both are right
     * @param first pairs where only the first is right
     * @param second pairs where only the second is right
     * @param none pairs where neither is
     * @param level confidence, in (0, 1)
     * @throws IllegalArgumentException without a pair
     */
    public static Interval paired(int both, int first, int second, int none, double level) {
        int n = both + first + second + none;
        if (n < 1 || Math.min(Math.min(both, first), Math.min(second, none)) < 0) {
            throw new IllegalArgumentException("needs counts of at least one pair");
        }
        double z = NormalDistribution.of(0, 1).inverseSurvivalProbability((1 - level) / 2);
        double p1 = (both + first) / (double) n;
        double p2 = (both + second) / (double) n;
        Interval wilson1 = wilson(both + first, n, z);
        Interval wilson2 = wilson(both + second, n, z);
        double phi = phi(both, first, second, none);
        double difference = (first - second) / (double) n;
        double below = distance(p1 - wilson1.lower(), wilson2.upper() - p2, phi);
        double above = distance(wilson1.upper() - p1, p2 - wilson2.lower(), phi);
        return new Interval(difference - below, difference + above);
    }

    /** Returns Wilson's score interval for {@code successes} of {@code n}, with normal quantile {@code z}. */
    static Interval wilson(int successes, int n, double z) {
        double p = successes / (double) n;
        double centre = p + z * z / (2 * n);
        double spread = z * Math.sqrt(p * (1 - p) / n + z * z / (4.0 * n * n));
        double scale = 1 + z * z / n;
        return new Interval(Math.max(0, (centre - spread) / scale), Math.min(1, (centre + spread) / scale));
    }

    private static double distance(double own, double other, double phi) {
        return Math.sqrt(Math.max(0, own * own - 2 * phi * own * other + other * other));
    }

    private static double phi(int both, int first, int second, int none) {
        double margins = (double) (both + first) * (second + none) * (both + second) * (first + none);
        if (margins == 0) {
            return 0;
        }
        double n = both + first + second + none;
        double product = (double) both * none - (double) first * second;
        double corrected = product > 0 ? Math.max(product - n / 2, 0) : product;
        return corrected / Math.sqrt(margins);
    }
}
