package dev.lockstep.stats;

import org.apache.commons.statistics.distribution.BinomialDistribution;

/**
 * The test of McNemar for paired yes/no results: under "no change" a discordant pair goes either way with probability ½.
 *
 * <p>Source: Q. McNemar, Psychometrika 12 (1947); exact form by the binomial distribution.
 */
public final class McNemar {

    private McNemar() {}

    /**
     * Returns the exact two-sided p-value.
     *
     * @param losses pairs that were right and are wrong, 0 or more
     * @param gains pairs that were wrong and are right, 0 or more
     * @return a p-value in (0, 1]; 1 when no pair is discordant
     */
    public static double exact(int losses, int gains) {
        int discordant = losses + gains;
        if (losses < 0 || gains < 0) {
            throw new IllegalArgumentException("counts must not be negative: " + losses + ", " + gains);
        }
        if (discordant == 0) {
            return 1;
        }
        BinomialDistribution fair = BinomialDistribution.of(discordant, 0.5);
        return Math.min(1, 2 * fair.cumulativeProbability(Math.min(losses, gains)));
    }

    /**
     * Returns how many pairs must flip one way, and none the other, for the exact test to reject.
     *
     * @param alpha the level, in (0, 1)
     */
    public static int fewestFlips(double alpha) {
        int flips = 1;
        while (exact(flips, 0) > alpha) {
            flips++;
        }
        return flips;
    }
}
