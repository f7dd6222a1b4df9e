package dev.lockstep.stats;

import org.apache.commons.statistics.distribution.TDistribution;

/**
 * P(PASS | unchanged): the chance that an unchanged stack is shown to be not worse, a figure of the plan like its power.
 *
 * <p>The one-sided level is that of {@link NonInferiority}. Several suites that must all pass multiply their chances.
 *
 * <p>Sources: of pairs: J.-P. Liu et al., Statistics in Medicine 21 (2002), by all outcomes in place of the normal approximation; of a
 * mean: S. A. Julious, Statistics in Medicine 23 (2004).
 */
public final class PassProbability {
    private PassProbability() {}

    /**
     * Returns the chance for paired yes/no results judged by {@link NonInferiority#test(PairedCounts, double)}.
     *
     * <p>Exact: losses and gains are trinomial with half the discordance each, and every outcome is judged.
     *
     * @param items 1 or more
     * @param discordance share of items whose result flips by chance, in [0, 1]
     * @param margin the largest fall of the rate that still counts as "the same", in (0, 1)
     */
    public static double paired(int items, double discordance, double margin) {
        double critical = StandardNormal.upperQuantile(NonInferiority.LEVEL);
        Domain.between0And1("margin", margin);
        PairedOutcomes outcomes = new PairedOutcomes(items, discordance, 0);
        return outcomes.chance((gains, losses) -> TangoScore.z(gains, losses, items, margin) >= critical);
    }

    /**
     * Returns the chance for a mean change judged by Student's t with an estimated standard error: exact for normal values, by the
     * noncentral t distribution.
     *
     * @param standardError of the change, 0 or more; 0 passes for certain
     * @param degreesOfFreedom of the standard error, positive
     * @param margin the largest loss that still counts as "the same", positive, in the unit of the change
     */
    public static double ofMean(double standardError, double degreesOfFreedom, double margin) {
        Domain.positive("margin", margin);
        if (Domain.notNegative("standardError", standardError) == 0) {
            return 1;
        }
        double critical = TDistribution.of(degreesOfFreedom).inverseSurvivalProbability(NonInferiority.LEVEL);
        return NoncentralT.survival(critical, degreesOfFreedom, margin / standardError);
    }

    /**
     * Returns the chance for a mean change, by the normal approximation: Φ(margin / standard error − z₁₋α).
     *
     * @param standardError of the change, 0 or more; 0 passes for certain
     * @param margin the largest loss that still counts as "the same", positive, in the unit of the change
     */
    public static double ofMean(double standardError, double margin) {
        Domain.notNegative("standardError", standardError);
        double reach = Domain.positive("margin", margin) / standardError;
        return StandardNormal.cumulative(reach - StandardNormal.upperQuantile(NonInferiority.LEVEL));
    }
}
