package dev.lockstep.stats;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * The step-down min-p adjustment for several hypotheses tested on the same arrangements.
 *
 * <p>It keeps the family-wise error rate and, unlike Holm's, takes the dependence between the statistics into account.
 *
 * <p>Source: Westfall and Young, "Resampling-Based Multiple Testing" (Wiley 1993), algorithm 2.8, with p-values ranked among the
 * same arrangements as by Ge, Dudoit and Speed, "Resampling-based multiple testing for microarray data analysis", Test 12 (2003).
 */
public final class WestfallYoung {

    private WestfallYoung() {}

    /**
     * Returns adjusted p-values.
     *
     * @param statistics a row for each hypothesis, with a column for each arrangement, the observed one first; larger values
     *     speak against the hypothesis
     * @return for each hypothesis a p-value in (0, 1]
     */
    public static double[] adjusted(double[][] statistics) {
        int[][] tails = tails(statistics);
        int[] fromLargest = IntStream.range(0, tails.length)
                .boxed()
                .sorted(Comparator.comparingInt((Integer each) -> tails[each][0])
                        .reversed())
                .mapToInt(Integer::intValue)
                .toArray();
        double[] adjusted = new double[tails.length];
        int[] smallest = {};
        for (int hypothesis : fromLargest) {
            smallest = smaller(smallest, tails[hypothesis]);
            int observed = tails[hypothesis][0];
            long asSmall =
                    Arrays.stream(smallest).filter(each -> each <= observed).count();
            adjusted[hypothesis] = asSmall / (double) smallest.length;
        }
        return monotone(adjusted, fromLargest);
    }

    /** Returns each value's rank from above, which is its p-value in units of one arrangement. */
    private static int[][] tails(double[][] statistics) {
        int arrangements = statistics.length == 0 ? 0 : statistics[0].length;
        for (double[] row : statistics) {
            if (row.length != arrangements || row.length == 0) {
                throw new IllegalArgumentException("every hypothesis needs the same arrangements, at least one: found "
                        + row.length + " and " + arrangements);
            }
        }
        return Arrays.stream(statistics).map(UpperTail::counts).toArray(int[][]::new);
    }

    private static int[] smaller(int[] before, int[] next) {
        int[] smaller = next.clone();
        for (int i = 0; i < before.length; i++) {
            smaller[i] = Math.min(before[i], next[i]);
        }
        return smaller;
    }

    /** A hypothesis is rejected only after all that had smaller p-values. */
    private static double[] monotone(double[] adjusted, int[] fromLargest) {
        double floor = 0;
        for (int i = fromLargest.length - 1; i >= 0; i--) {
            floor = Math.max(floor, adjusted[fromLargest[i]]);
            adjusted[fromLargest[i]] = floor;
        }
        return adjusted;
    }
}
