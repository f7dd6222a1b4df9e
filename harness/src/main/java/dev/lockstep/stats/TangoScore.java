package dev.lockstep.stats;

/**
 * The score statistic for "the rate fell by less than a margin" in paired yes/no results.
 *
 * <p>Unlike Wald's it keeps its level with few items and few discordant pairs: with 60 items that are only ever lost, at a rate of
 * exactly the margin of 2 points, Wald's would say "not worse" on 30 % of the runs.
 *
 * <p>Source: T. Tango, Statistics in Medicine 17 (1998), 891–908.
 */
final class TangoScore {

    private TangoScore() {}

    /**
     * Returns z for the hypothesis P(gain) − P(loss) = −margin; large values speak against it.
     *
     * @param margin in (0, 1)
     */
    static double z(int gains, int losses, int items, double margin) {
        double gainRate = gainRate(gains, losses, items, margin);
        double variance = items * (2 * gainRate + margin - margin * margin);
        return (gains - losses + items * margin) / Math.sqrt(variance);
    }

    /** Returns the most likely P(gain) if P(loss) = P(gain) + margin: the positive root of 2n·q² + b·q + c. */
    private static double gainRate(int gains, int losses, int items, double margin) {
        double b = 2 * items * margin - gains * (1 - margin) - losses * (1 + margin);
        double c = -gains * margin * (1 - margin);
        double root = Math.sqrt(b * b - 8 * items * c);
        return b > 0 ? -2 * c / (b + root) : (root - b) / (4 * items);
    }
}
