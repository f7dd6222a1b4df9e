package dev.lockstep.stats;

import java.util.function.DoubleUnaryOperator;
import org.apache.commons.statistics.distribution.BetaDistribution;

/**
 * What a Bayesian believes after paired yes/no results: shown beside a verdict, never a gate, for it gives no guarantee of
 * frequency.
 *
 * <p>Under the flat prior Dirichlet(1, 1, 1, 1) on the 2×2 table, the discordance and the share of gains in it have independent Beta
 * posteriors. The remaining integral over the discordance is taken by Simpson's rule.
 *
 * <p>Source: P. M. E. Altham, Biometrika 58 (1971).
 */
public final class PairedPosterior {
    private static final int PANELS = 2_000;
    private static final double NEGLIGIBLE = 1e-15;

    private PairedPosterior() {}

    /**
     * Returns the posterior probability that the rate moved by less than a margin, either way.
     *
     * @param margin in (0, 1)
     */
    public static double within(PairedCounts counts, double margin) {
        Domain.between0And1("margin", margin);
        var discordance =
                BetaDistribution.of(counts.gains() + counts.losses() + 2.0, counts.both() + counts.none() + 2.0);
        var gains = BetaDistribution.of(counts.gains() + 1.0, counts.losses() + 1.0);
        double from = Math.max(margin, discordance.inverseCumulativeProbability(NEGLIGIBLE));
        double to = discordance.inverseSurvivalProbability(NEGLIGIBLE);
        double fewFlips = discordance.cumulativeProbability(margin);
        if (from >= to) {
            return fewFlips;
        }
        double manyFlips = integral(from, to, flips -> {
            double reach = Math.min(1, margin / flips);
            return discordance.density(flips) * gains.probability((1 - reach) / 2, (1 + reach) / 2);
        });
        return Math.min(1, fewFlips + manyFlips);
    }

    private static double integral(double from, double to, DoubleUnaryOperator function) {
        double step = (to - from) / PANELS;
        double sum = 0;
        for (int i = 0; i <= PANELS; i++) {
            sum += weight(i) * function.applyAsDouble(from + i * step);
        }
        return sum * step / 3;
    }

    private static int weight(int point) {
        if (point == 0 || point == PANELS) {
            return 1;
        }
        return point % 2 == 0 ? 2 : 4;
    }
}
