package dev.lockstep.stats;

/**
 * The 2×2 table of paired yes/no results: each item before and after.
 *
 * @param both items right before and after
 * @param gains items wrong before and right after
 * @param losses items right before and wrong after
 * @param none items wrong before and after
 */
public record PairedCounts(int both, int gains, int losses, int none) {
    public PairedCounts {
        long items = (long) both + gains + losses + none;
        if (Math.min(Math.min(both, gains), Math.min(losses, none)) < 0 || items < 1 || items > Integer.MAX_VALUE) {
            throw new IllegalArgumentException("needs counts of at least one pair, has both=" + both + " gains=" + gains
                    + " losses=" + losses + " none=" + none);
        }
    }

    public int items() {
        return both + gains + losses + none;
    }

    /** Returns the share of items whose result changed, in [0, 1]. */
    public double discordance() {
        return (gains + (double) losses) / items();
    }

    /** Returns P(right after) − P(right before), in [−1, 1]. */
    public double difference() {
        return (gains - losses) / (double) items();
    }

    Proportion before() {
        return new Proportion(both + losses, items());
    }

    Proportion after() {
        return new Proportion(both + gains, items());
    }
}
