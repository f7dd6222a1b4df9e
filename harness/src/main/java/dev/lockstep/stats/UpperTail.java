package dev.lockstep.stats;

import java.util.Arrays;

/**
 * Ranks of values among the values of all arrangements, from above.
 *
 * <p>Two values closer than 1e-12 (of 1, or of their size where that is larger) count as equal: they are sums of the same
 * numbers in another order.
 */
final class UpperTail {
    private static final double TIE = 1e-12;

    private UpperTail() {}

    /**
     * Returns the share of values that are at least as large as the first, which is the observed one.
     *
     * <p>With B random arrangements behind the observed one this is (1 + b) / (1 + B); with all arrangements it is exact.
     * Source: Phipson and Smyth, "Permutation p-values should never be zero", 2010.
     */
    static double pValue(double[] values) {
        double least = withTies(values[0]);
        int larger = 0;
        for (double value : values) {
            if (value >= least) {
                larger++;
            }
        }
        return larger / (double) values.length;
    }

    /** Returns for each value how many values are at least as large. */
    static int[] counts(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int[] counts = new int[values.length];
        for (int i = 0; i < values.length; i++) {
            counts[i] = values.length - firstAtLeast(sorted, withTies(values[i]));
        }
        return counts;
    }

    private static double withTies(double value) {
        return value - TIE * Math.max(1, Math.abs(value));
    }

    private static int firstAtLeast(double[] sorted, double least) {
        int low = 0;
        int high = sorted.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (sorted[middle] >= least) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return low;
    }
}
