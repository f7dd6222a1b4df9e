package dev.lockstep.stats;

import dev.lockstep.stats.TestResult.Reason;

/**
 * Shows that a score moved by less than a margin, either way: two one-sided tests (TOST), of which the worse one counts.
 *
 * <p>At α = .05 it is the same as a 90 % interval inside (−margin, margin). Source: D. J. Schuirmann, Journal of Pharmacokinetics and
 * Biopharmaceutics 15 (1987).
 */
public final class Equivalence {
    private static final double LEVEL = 0.05;
    private static final double POWER = 0.8;

    private Equivalence() {}

    /**
     * Tests a mean change by Student's t.
     *
     * @param margin the smallest change that counts, positive, in the unit of the change
     * @return the statistic is the smaller of (margin ± mean) / standard error; without any variation p is 0 inside the margin, else
     *     1; the reason is {@link Reason#IDENTICAL} when nothing changed at all
     */
    public static TestResult test(MeanEstimate change, double margin) {
        return MarginTests.beyond(change, Domain.positive("margin", margin) - Math.abs(change.mean()));
    }

    /**
     * Tests paired yes/no results by the score of Tango (Statistics in Medicine 17, 1998).
     *
     * @param margin the smallest change of the rate that counts, in (0, 1)
     * @return the statistic is the smaller z; p is small only with enough items, also when no result changed ({@link
     *     Reason#IDENTICAL})
     */
    public static TestResult test(PairedCounts counts, double margin) {
        Domain.between0And1("margin", margin);
        double notWorse = TangoScore.z(counts.gains(), counts.losses(), counts.items(), margin);
        double notBetter = TangoScore.z(counts.losses(), counts.gains(), counts.items(), margin);
        return MarginTests.score(counts, Math.min(notWorse, notBetter));
    }

    /**
     * Returns how many paired items show it with power .8 at α = .05, when nothing changed.
     *
     * <p>n = (z₁₋α + z_{(1+power)/2})² · discordance / margin²: 1.38 times those of {@link NonInferiority#items}.
     *
     * @param discordance share of items whose result flips by chance, in [0, 1]
     * @param margin the smallest change that counts, in (0, 1)
     */
    public static int items(double discordance, double margin) {
        Domain.between0And1("margin", margin);
        return items(PairedDesign.ofDiscordance(discordance), margin);
    }

    /**
     * Returns how many paired items show it for any score, with power .8 at α = .05, when nothing changed.
     *
     * @param margin positive, in units of the score
     */
    public static int items(PairedDesign design, double margin) {
        return design.itemsFor(
                StandardNormal.oneSidedReach(LEVEL, (1 + POWER) / 2) / Domain.positive("margin", margin));
    }
}
