package dev.lockstep.stats;

/**
 * How much the paired difference of one item varies, and what follows for planning: items for an effect, and the smallest effect
 * that a number of items can see.
 *
 * <p>Normal approximation; the tests meant are two-sided. Without any variance one item is enough and any effect is seen.
 *
 * <p>Sources: E. Miller, arXiv 2411.00640 (2024), section 5; for yes/no results arXiv 2605.28873.
 *
 * @param variance of one item's difference, in squared units of the score, 0 or more
 */
public record PairedDesign(double variance) {
    public PairedDesign {
        if (!(variance >= 0 && variance < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("variance must be a finite number that is not negative, is " + variance);
        }
    }

    /**
     * Returns the design of one yes/no try on each side.
     *
     * @param discordance share of items whose result flips, in [0, 1]; an upper bound of the variance
     */
    public static PairedDesign ofDiscordance(double discordance) {
        return new PairedDesign(Domain.probability("discordance", discordance));
    }

    /**
     * Returns the design of repeated tries: ω² + σ²_A/K_A + σ²_B/K_B.
     *
     * @param between ω², the variance of the items' true differences, 0 or more
     */
    public static PairedDesign ofTries(double between, Tries before, Tries after) {
        return new PairedDesign(Domain.notNegative("between", between) + before.variance() + after.variance());
    }

    /**
     * The tries of one item on one side.
     *
     * @param noise σ², the variance of a single try, 0 or more
     * @param count K, 1 or more
     */
    public record Tries(double noise, int count) {
        public Tries {
            Domain.notNegative("noise", noise);
            Domain.positive("count", count);
        }

        double variance() {
            return noise / count;
        }
    }

    /**
     * Returns how many items find a mean difference of {@code effect}: n = (z₁₋α/₂ + z_power)² · variance / effect².
     *
     * @param effect positive, in units of the score
     * @param alpha two-sided level, in (0, 1)
     * @param power in (0, 1)
     */
    public int items(double effect, double alpha, double power) {
        return itemsFor(StandardNormal.twoSidedReach(alpha, power) / Domain.positive("effect", effect));
    }

    /**
     * Returns the smallest mean difference that is found: (z₁₋α/₂ + z_power) · √(variance / items), in units of the score.
     *
     * @param items 1 or more
     * @param alpha two-sided level, in (0, 1)
     * @param power in (0, 1)
     */
    public double minimumDetectableEffect(int items, double alpha, double power) {
        return StandardNormal.twoSidedReach(alpha, power) * standardError(items);
    }

    /**
     * Returns the standard error of the mean difference of {@code items}.
     *
     * @param items 1 or more
     */
    public double standardError(int items) {
        return Math.sqrt(variance / Domain.positive("items", items));
    }

    /** Returns the items after which the standard error is 1 / {@code precision}. */
    int itemsFor(double precision) {
        return (int) Math.max(1, Math.ceil(precision * precision * variance));
    }
}
