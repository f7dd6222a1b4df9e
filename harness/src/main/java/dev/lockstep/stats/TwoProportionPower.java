package dev.lockstep.stats;

/**
 * Power of the two-sided normal test for two independent samples of equal size, each a proportion.
 *
 * <p>Source: J. L. Fleiss, "Statistical Methods for Rates and Proportions"; the formula of R's {@code power.prop.test}, which counts
 * only rejections on the right side.
 */
public final class TwoProportionPower {

    private TwoProportionPower() {}

    /**
     * Returns the chance to find the difference.
     *
     * @param items on each side, positive; a fraction is fine
     * @param first the true proportion on one side, in [0, 1]
     * @param second the true one on the other side, in [0, 1]
     * @param alpha two-sided level, in (0, 1)
     * @return in [0, 1]; alpha / 2 when nothing differs
     */
    public static double power(double items, double first, double second, double alpha) {
        Domain.positive("items", items);
        double tail = Domain.between0And1("alpha", alpha) / 2;
        double difference = difference(first, second);
        if (difference == 0) {
            return tail;
        }
        double reach = Math.sqrt(items) * difference - StandardNormal.upperQuantile(tail) * pooled(first, second);
        double deviation = separate(first, second);
        return deviation == 0 ? (reach > 0 ? 1 : 0) : StandardNormal.cumulative(reach / deviation);
    }

    /**
     * Returns how many items on each side find the difference with {@code power}; a fraction, to be rounded up.
     *
     * @param first the true proportion on one side, in [0, 1]
     * @param second the true one on the other side, in [0, 1]
     * @param alpha two-sided level, in (0, 1)
     * @param power in (0, 1)
     * @return +∞ when nothing differs
     */
    public static double items(double first, double second, double alpha, double power) {
        double z = StandardNormal.upperQuantile(Domain.between0And1("alpha", alpha) / 2);
        double reach = StandardNormal.quantile(Domain.between0And1("power", power));
        double difference = difference(first, second);
        if (difference == 0) {
            return Double.POSITIVE_INFINITY;
        }
        double root = (z * pooled(first, second) + reach * separate(first, second)) / difference;
        return root * root;
    }

    private static double difference(double first, double second) {
        return Math.abs(Domain.probability("first", first) - Domain.probability("second", second));
    }

    private static double pooled(double first, double second) {
        double sum = first + second;
        return Math.sqrt(sum * (1 - sum / 2));
    }

    private static double separate(double first, double second) {
        return Math.sqrt(first * (1 - first) + second * (1 - second));
    }
}
