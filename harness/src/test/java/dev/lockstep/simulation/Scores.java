package dev.lockstep.simulation;

import dev.lockstep.stats.PairedCounts;
import java.util.Arrays;

/** Ways to look at the scores of runs. */
final class Scores {

    private Scores() {}

    /** Pairs two runs that asked every case once. */
    static PairedCounts paired(int[] before, int[] after) {
        int[] counts = new int[4];
        for (int i = 0; i < before.length; i++) {
            counts[2 * before[i] + after[i]]++;
        }
        return new PairedCounts(counts[3], counts[1], counts[2], counts[0]);
    }

    /** Returns tonight's pass rate less the baseline's, case by case. */
    static double[] changes(int[] baseline, int baselineTries, int[] tonight, int tonightTries) {
        double[] changes = new double[baseline.length];
        Arrays.setAll(changes, i -> tonight[i] / (double) tonightTries - baseline[i] / (double) baselineTries);
        return changes;
    }

    static double mean(int[] passes, int tries) {
        return Arrays.stream(passes).sum() / (double) (passes.length * tries);
    }

    /** Returns the passes of all runs together, case by case. */
    static int[] sum(int[][] runs) {
        int[] sum = new int[runs[0].length];
        for (int[] run : runs) {
            Arrays.setAll(sum, i -> sum[i] + run[i]);
        }
        return sum;
    }

    /** Returns an array of one value, as tests want the tries of each case. */
    static int[] each(int cases, int value) {
        int[] all = new int[cases];
        Arrays.fill(all, value);
        return all;
    }
}
