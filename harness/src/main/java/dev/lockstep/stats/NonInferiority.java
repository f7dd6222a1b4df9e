package dev.lockstep.stats;

import dev.lockstep.stats.TestResult.Reason;

/**
 * Shows that a score did not fall by as much as a margin: a small p is the proof, a large one proves nothing.
 *
 * <p>One-sided; at α = .05 it is the same as a lower 95 % bound above −margin.
 */
public final class NonInferiority {
    private static final double LEVEL = 0.05;
    private static final double POWER = 0.8;

    private NonInferiority() {}

    /**
     * Tests a mean change by Student's t.
     *
     * @param change after − before, where more is better
     * @param margin the largest loss that still counts as "the same", positive, in the unit of the change
     * @return the statistic is (mean + margin) / standard error; without any variation p is 0 inside the margin, else 1; the reason
     *     is {@link Reason#IDENTICAL} when nothing changed at all
     */
    public static TestResult test(MeanEstimate change, double margin) {
        return MarginTests.beyond(change, change.mean() + Domain.positive("margin", margin));
    }

    /**
     * Tests paired yes/no results by the score of Tango (Statistics in Medicine 17, 1998).
     *
     * @param margin the largest fall of the rate that still counts as "the same", in (0, 1)
     * @return the statistic is z; p is small only with enough items, also when no result changed ({@link Reason#IDENTICAL})
     */
    public static TestResult test(PairedCounts counts, double margin) {
        Domain.between0And1("margin", margin);
        return MarginTests.score(counts, TangoScore.z(counts.gains(), counts.losses(), counts.items(), margin));
    }

    /**
     * Returns how many paired items show it with power .8 at a one-sided level of .05, when nothing changed.
     *
     * <p>n = (z₁₋α + z_power)² · discordance / margin²: the normal approximation for paired proportions.
     *
     * @param discordance share of items whose result flips by chance, in [0, 1]
     * @param margin the largest loss that still counts as "the same", in (0, 1)
     */
    public static int items(double discordance, double margin) {
        Domain.between0And1("margin", margin);
        return items(PairedDesign.ofDiscordance(discordance), margin);
    }

    /**
     * Returns how many paired items show it for any score, with power .8 at a one-sided level of .05, when nothing changed.
     *
     * @param margin positive, in units of the score
     */
    public static int items(PairedDesign design, double margin) {
        return design.itemsFor(StandardNormal.oneSidedReach(LEVEL, POWER) / Domain.positive("margin", margin));
    }
}
