package dev.lockstep.stats;

/**
 * The floor under every test of outputs: how many tokens the best possible test needs, knowing both distributions.
 *
 * <p>N = (z₁₋α + z_power)² / (2·KL), one-sided, for independent tokens and a small Kullback–Leibler divergence; two samples of equal
 * size need twice as many each. Source: J. Neyman, E. S. Pearson (1933), by the normal approximation of the log-likelihood ratio.
 */
public final class NeymanPearson {

    private NeymanPearson() {}

    /**
     * Returns the tokens needed, a fraction.
     *
     * @param divergence mean KL divergence per token in nats, positive
     * @param alpha one-sided level, in (0, 1)
     * @param power in (0, 1)
     */
    public static double tokens(double divergence, double alpha, double power) {
        double reach = StandardNormal.oneSidedReach(alpha, power);
        return reach * reach / (2 * Domain.positive("divergence", divergence));
    }

    /**
     * Returns how close a test that used {@code tokensUsed} for the same level and power comes to the floor: 1 is the best possible.
     *
     * @param floor of {@link #tokens}, positive
     * @param tokensUsed positive
     */
    public static double efficiency(double floor, double tokensUsed) {
        return Domain.positive("floor", floor) / Domain.positive("tokensUsed", tokensUsed);
    }
}
