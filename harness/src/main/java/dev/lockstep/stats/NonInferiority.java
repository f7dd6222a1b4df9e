package dev.lockstep.stats;

import org.apache.commons.statistics.distribution.NormalDistribution;

/** Plans for showing that a score did not fall by more than a margin. */
public final class NonInferiority {
    private static final double LEVEL = 0.05;
    private static final double POWER = 0.8;

    private NonInferiority() {}

    /**
     * Returns how many paired items show it with power .8 at a one-sided level of .05, when nothing changed.
     *
     * <p>n = (z₁₋α + z_power)² · discordance / margin²: the normal approximation for paired proportions.
     *
     * @param discordance share of items whose result flips by chance, in (0, 1]
     * @param margin the largest loss that still counts as "the same", in (0, 1)
     */
    public static int items(double discordance, double margin) {
        NormalDistribution normal = NormalDistribution.of(0, 1);
        double z = normal.inverseSurvivalProbability(LEVEL) + normal.inverseCumulativeProbability(POWER);
        return (int) Math.ceil(z * z * discordance / (margin * margin));
    }
}
