package dev.lockstep.stats;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * Holm's adjustment of p-values, which keeps the family-wise error rate under any dependence.
 *
 * <p>Source: S. Holm, "A simple sequentially rejective multiple test procedure", Scandinavian Journal of Statistics 6 (1979),
 * with weights as in its section 4.
 */
public final class Holm {

    private Holm() {}

    /**
     * Returns adjusted p-values: reject what is at most the family's level.
     *
     * @param pValues in [0, 1]
     */
    public static double[] adjusted(double[] pValues) {
        double[] equal = new double[pValues.length];
        Arrays.fill(equal, 1);
        return adjusted(pValues, equal);
    }

    /**
     * Returns adjusted p-values of hypotheses that share the family's level by their weights.
     *
     * @param pValues in [0, 1]
     * @param weights 0 or more, of any sum; a hypothesis of weight 0 is never rejected
     */
    public static double[] adjusted(double[] pValues, double[] weights) {
        check(pValues, weights);
        int[] order = IntStream.range(0, pValues.length)
                .filter(i -> weights[i] > 0)
                .boxed()
                .sorted(Comparator.comparingDouble(i -> pValues[i] / weights[i]))
                .mapToInt(Integer::intValue)
                .toArray();
        double[] adjusted = new double[pValues.length];
        Arrays.fill(adjusted, 1);
        double largest = 0;
        for (int rank = 0; rank < order.length; rank++) {
            double share = weights[order[rank]] / remaining(weights, order, rank);
            largest = Math.max(largest, Math.min(1, pValues[order[rank]] / share));
            adjusted[order[rank]] = largest;
        }
        return adjusted;
    }

    private static double remaining(double[] weights, int[] order, int rank) {
        return IntStream.range(rank, order.length)
                .mapToDouble(i -> weights[order[i]])
                .sum();
    }

    private static void check(double[] pValues, double[] weights) {
        Domain.sameLength("p-values and weights", pValues.length, weights.length);
        Domain.finite("weights", weights);
        for (int i = 0; i < pValues.length; i++) {
            Domain.probability("p-value", pValues[i]);
            Domain.notNegative("weight", weights[i]);
        }
    }
}
