package dev.lockstep.stats;

/**
 * Newcombe's intervals for a difference of two proportions, built on Wilson's score intervals.
 *
 * <p>Sources: R. G. Newcombe, Statistics in Medicine 17 (1998): "Interval estimation for the difference between independent
 * proportions", method 10; "Improved confidence intervals for the difference between binomial proportions based on paired data",
 * method 10 (with continuity-corrected φ).
 */
public final class Newcombe {

    private Newcombe() {}

    /**
     * Returns the interval for P(after) − P(before) over the pairs of a 2×2 table.
     *
     * @param level confidence, in (0, 1)
     */
    public static Interval paired(PairedCounts counts, double level) {
        Interval after = ProportionInterval.wilson(counts.after(), level);
        Interval before = ProportionInterval.wilson(counts.before(), level);
        return difference(after, before, phi(counts));
    }

    /**
     * Returns the interval for P(first) − P(second) of two independent samples.
     *
     * @param level confidence, in (0, 1)
     */
    public static Interval unpaired(Proportion first, Proportion second, double level) {
        return difference(ProportionInterval.wilson(first, level), ProportionInterval.wilson(second, level), 0);
    }

    private static Interval difference(Interval first, Interval second, double phi) {
        double difference = first.estimate() - second.estimate();
        double below = distance(first.estimate() - first.low(), second.high() - second.estimate(), phi);
        double above = distance(first.high() - first.estimate(), second.estimate() - second.low(), phi);
        return new Interval(difference, difference - below, difference + above);
    }

    private static double distance(double own, double other, double phi) {
        return Math.sqrt(Math.max(0, own * own - 2 * phi * own * other + other * other));
    }

    static double phi(PairedCounts counts) {
        double right = counts.both() + counts.gains();
        double wasRight = counts.both() + counts.losses();
        double margins = right * (counts.items() - right) * wasRight * (counts.items() - wasRight);
        if (margins == 0) {
            return 0;
        }
        double product = (double) counts.both() * counts.none() - (double) counts.gains() * counts.losses();
        double corrected = product > 0 ? Math.max(product - counts.items() / 2.0, 0) : product;
        return corrected / Math.sqrt(margins);
    }
}
