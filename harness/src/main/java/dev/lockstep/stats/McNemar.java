package dev.lockstep.stats;

import dev.lockstep.stats.TestResult.Reason;
import java.util.function.DoubleBinaryOperator;
import org.apache.commons.statistics.distribution.BinomialDistribution;
import org.apache.commons.statistics.distribution.ChiSquaredDistribution;

/**
 * The test of McNemar for paired yes/no results: under "no change" a discordant pair goes either way with probability ½.
 *
 * <p>All forms are two-sided; without a discordant pair they answer p = 1, {@link Reason#IDENTICAL}.
 *
 * <p>Sources: Q. McNemar, Psychometrika 12 (1947); exact form by the binomial distribution; mid-p: M. W. Fagerland, S. Lydersen,
 * P. Laake, BMC Medical Research Methodology 13:91 (2013).
 */
public final class McNemar {

    private McNemar() {}

    /**
     * Returns the exact test, which never rejects more often than its level.
     *
     * @param losses pairs that were right and are wrong, 0 or more
     * @param gains pairs that were wrong and are right, 0 or more
     * @return the statistic is the number of losses
     */
    public static TestResult exact(int losses, int gains) {
        return byCounts(losses, gains, 1);
    }

    /**
     * Returns the mid-p test: more powerful than the exact one, since it counts the observed outcome by half; its size may pass
     * the level slightly.
     *
     * @param losses pairs that were right and are wrong, 0 or more
     * @param gains pairs that were wrong and are right, 0 or more
     * @return the statistic is the number of losses
     */
    public static TestResult midP(int losses, int gains) {
        return byCounts(losses, gains, 0.5);
    }

    /**
     * Returns the asymptotic test with the continuity correction of Edwards (1948), as R's {@code mcnemar.test} does.
     *
     * @param losses pairs that were right and are wrong, 0 or more
     * @param gains pairs that were wrong and are right, 0 or more
     * @return the statistic is χ² with one degree of freedom
     */
    public static TestResult chiSquareCorrected(int losses, int gains) {
        return chiSquare(losses, gains, (apart, all) -> Math.max(0, apart - 1) * Math.max(0, apart - 1) / all);
    }

    /**
     * Returns the asymptotic test without a correction.
     *
     * @param losses pairs that were right and are wrong, 0 or more
     * @param gains pairs that were wrong and are right, 0 or more
     * @return the statistic is χ² with one degree of freedom
     */
    public static TestResult chiSquare(int losses, int gains) {
        return chiSquare(losses, gains, (apart, all) -> apart * apart / all);
    }

    private static TestResult byCounts(int losses, int gains, double weightOfObserved) {
        int discordant = discordant(losses, gains);
        if (discordant == 0) {
            return new TestResult(0, 1, Reason.IDENTICAL);
        }
        BinomialDistribution fair = BinomialDistribution.of(discordant, 0.5);
        int fewer = Math.min(losses, gains);
        double tail = fair.cumulativeProbability(fewer);
        if (weightOfObserved < 1) {
            tail -= (1 - weightOfObserved) * fair.probability(fewer);
        }
        return new TestResult(losses, Math.min(1, 2 * tail), Reason.TESTED);
    }

    private static TestResult chiSquare(int losses, int gains, DoubleBinaryOperator statistic) {
        int discordant = discordant(losses, gains);
        if (discordant == 0) {
            return new TestResult(0, 1, Reason.IDENTICAL);
        }
        double chiSquare = statistic.applyAsDouble(Math.abs(losses - gains), discordant);
        return new TestResult(chiSquare, ChiSquaredDistribution.of(1).survivalProbability(chiSquare), Reason.TESTED);
    }

    private static int discordant(int losses, int gains) {
        if (losses < 0 || gains < 0) {
            throw new IllegalArgumentException("counts must not be negative: " + losses + ", " + gains);
        }
        return Math.addExact(losses, gains);
    }
}
