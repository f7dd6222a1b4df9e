package dev.lockstep.stats;

import dev.lockstep.stats.TestResult.Reason;
import java.util.Arrays;

/**
 * Shows that a score did not fall by as much as a margin: a small p is the proof, a large one proves nothing.
 *
 * <p>One-sided; at α = .05 it is the same as a lower 95 % bound above −margin.
 */
public final class NonInferiority {
    /** The one-sided level at which a loss of the margin counts as ruled out. */
    public static final double LEVEL = 0.05;

    private static final double POWER = 0.8;

    private NonInferiority() {}

    /**
     * Tests a mean change by Student's t. For scores between 0 and 1, {@link #testBounded} keeps the level with few changes, too.
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
     * Tests the mean of changes that lie in [−1, 1], such as those of each case's pass rate, by Student's t.
     *
     * <p>One more case that was lost is counted in. Where few cases ever change, a real loss may happen to hit hardly any of them,
     * and a bare t, which sees hardly any variation, calls that "not worse": after a loss of exactly 2 points in about 9 % of runs
     * of 500 cases with discordance .02, and in up to 22 % of runs of 60 cases (simulated). With the added case it was at most 5 %
     * in all settings tried. Added observations are the remedy of A. Agresti, Y. Min, Statistics in Medicine 24 (2005), for
     * intervals of paired proportions.
     *
     * @param changes after − before of independent cases or clusters, where more is better, each in [−1, 1]
     * @param margin the largest loss that still counts as "the same", in (0, 1)
     * @return the statistic is t; the reason is {@link Reason#IDENTICAL} when nothing changed, and p is small even then only with
     *     enough cases
     */
    public static TestResult testBounded(double[] changes, double margin) {
        Domain.between0And1("margin", margin);
        for (double change : changes) {
            Domain.probability("|change|", Math.abs(change));
        }
        double[] cautious = Arrays.copyOf(changes, changes.length + 1);
        cautious[changes.length] = -1;
        TestResult result = test(MeanEstimate.of(cautious), margin);
        boolean identical = changes.length > 0 && Arrays.stream(changes).allMatch(change -> change == 0);
        return identical ? new TestResult(result.statistic(), result.pValue(), Reason.IDENTICAL) : result;
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
