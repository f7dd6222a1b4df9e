package dev.lockstep.stats;

import java.util.function.DoubleUnaryOperator;
import org.apache.commons.statistics.distribution.TDistribution;

/**
 * Power of Student's two-sided t test, exact for normal values by the noncentral t distribution.
 *
 * <p>Only rejections on the right side count, as in R's {@code power.t.test}. The effect is in standard deviations: of one value for
 * two samples, of one difference for pairs.
 *
 * <p>Source: J. Cohen, Statistical Power Analysis for the Behavioral Sciences (1988), chapter 2; R 4.2, {@code power.t.test}.
 */
public final class TTestPower {
    private static final double MOST_ITEMS = 1e9;

    private TTestPower() {}

    /**
     * Returns the chance to find the effect with two independent samples.
     *
     * @param items in each sample, more than 1; a fraction is fine
     * @param effect 0 or more
     * @param alpha two-sided level, in (0, 1)
     */
    public static double twoSamples(double items, double effect, double alpha) {
        return power(2 * (items - 1), Math.sqrt(items / 2) * effect, alpha);
    }

    /**
     * Returns the chance to find the effect with pairs.
     *
     * @param pairs more than 1; a fraction is fine
     * @param effect 0 or more
     * @param alpha two-sided level, in (0, 1)
     */
    public static double pairs(double pairs, double effect, double alpha) {
        return power(pairs - 1, Math.sqrt(pairs) * effect, alpha);
    }

    /**
     * Returns how many items in each sample find the effect, to be rounded up.
     *
     * @param effect positive
     * @param alpha two-sided level, in (0, 1)
     * @param power in (alpha, 1)
     * @return at least 2
     */
    public static double twoSampleItems(double effect, double alpha, double power) {
        return smallest(items -> twoSamples(items, Domain.positive("effect", effect), alpha), power);
    }

    /**
     * Returns how many pairs find the effect, to be rounded up.
     *
     * @param effect positive
     * @param alpha two-sided level, in (0, 1)
     * @param power in (alpha, 1)
     * @return at least 2
     */
    public static double pairedItems(double effect, double alpha, double power) {
        return smallest(items -> pairs(items, Domain.positive("effect", effect), alpha), power);
    }

    private static double power(double freedom, double noncentrality, double alpha) {
        Domain.positive("degrees of freedom", freedom);
        Domain.notNegative("effect", noncentrality);
        double tail = Domain.between0And1("alpha", alpha) / 2;
        double critical = TDistribution.of(freedom).inverseSurvivalProbability(tail);
        return NoncentralT.survival(critical, freedom, noncentrality);
    }

    /** Returns where the rising {@code powerOf} reaches {@code power}, by bisection. */
    private static double smallest(DoubleUnaryOperator powerOf, double power) {
        Domain.between0And1("power", power);
        double low = 2;
        double high = 2;
        while (powerOf.applyAsDouble(high) < power && high < MOST_ITEMS) {
            low = high;
            high *= 2;
        }
        while (high - low > 1e-12 * high) {
            double middle = (low + high) / 2;
            boolean enough = powerOf.applyAsDouble(middle) >= power;
            low = enough ? low : middle;
            high = enough ? middle : high;
        }
        return high;
    }
}
