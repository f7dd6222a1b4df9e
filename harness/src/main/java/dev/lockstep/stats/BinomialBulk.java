package dev.lockstep.stats;

import java.util.function.IntToDoubleFunction;
import org.apache.commons.statistics.distribution.BinomialDistribution;

/** Expected values under a binomial distribution, summed where it has any weight: the rest is below 1e-15. */
final class BinomialBulk {
    private static final double NEGLIGIBLE = 1e-16;

    private BinomialBulk() {}

    /** Returns Σ P(count) · value(count). */
    static double expected(int trials, double probability, IntToDoubleFunction value) {
        BinomialDistribution counts = BinomialDistribution.of(trials, probability);
        int first = counts.inverseCumulativeProbability(NEGLIGIBLE);
        int last = counts.inverseSurvivalProbability(NEGLIGIBLE);
        double sum = 0;
        for (int count = first; count <= last; count++) {
            sum += counts.probability(count) * value.applyAsDouble(count);
        }
        return sum;
    }
}
