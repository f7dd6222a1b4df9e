package dev.lockstep.stats;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * The adjustment of p-values that bounds the false discovery rate: for diagnosis, such as which cases moved.
 *
 * <p>Source: Benjamini and Hochberg, "Controlling the false discovery rate", Journal of the Royal Statistical Society B 57
 * (1995); valid for independent or positively dependent tests.
 */
public final class BenjaminiHochberg {

    private BenjaminiHochberg() {}

    /**
     * Returns adjusted p-values: among those that are at most q, a share of at most q is expected to be false.
     *
     * @param pValues in [0, 1]
     */
    public static double[] adjusted(double[] pValues) {
        Arrays.stream(pValues).forEach(p -> Domain.probability("p-value", p));
        int[] fromLargest = IntStream.range(0, pValues.length)
                .boxed()
                .sorted(Comparator.comparingDouble((Integer i) -> pValues[i]).reversed())
                .mapToInt(Integer::intValue)
                .toArray();
        double[] adjusted = new double[pValues.length];
        Arrays.fill(adjusted, 1);
        double smallest = 1;
        for (int above = 0; above < fromLargest.length; above++) {
            int rank = fromLargest.length - above;
            smallest = Math.min(smallest, pValues[fromLargest[above]] * fromLargest.length / rank);
            adjusted[fromLargest[above]] = smallest;
        }
        return adjusted;
    }
}
