package dev.lockstep.simulation;

import dev.lockstep.stats.CochranMantelHaenszel;
import dev.lockstep.stats.MeanEstimate;
import dev.lockstep.stats.NonInferiority;
import java.util.Arrays;
import java.util.random.RandomGenerator;

/** Detector L4: the passes of each case over all baseline runs. */
final class ScoreBaseline {
    private static final double LEVEL = 0.05;

    private final int[] passes;
    private final int runs;

    /** Asks every case once in each run. */
    ScoreBaseline(ScoreModel.Suite suite, int runs, RandomGenerator random) {
        int[][] asked = new int[runs][];
        Arrays.setAll(asked, run -> suite.run(random));
        this.passes = Scores.sum(asked);
        this.runs = runs;
    }

    /** Returns the exact p-value of a change in any direction. */
    double pValue(int[] tonight, int tries) {
        return CochranMantelHaenszel.exact(
                        passes, Scores.each(passes.length, runs), tonight, Scores.each(passes.length, tries))
                .pValue();
    }

    /** Says whether a loss of the margin is ruled out: by Tango's score against one run, else by the changes of each case. */
    boolean isNotWorse(int[] tonight, double margin) {
        double p = runs == 1
                ? NonInferiority.test(Scores.paired(passes, tonight), margin).pValue()
                : NonInferiority.testBounded(changes(tonight), margin).pValue();
        return p <= LEVEL;
    }

    /** Says the same by a bare t. */
    boolean isNotWorseByBareT(int[] tonight, double margin) {
        return NonInferiority.test(MeanEstimate.of(changes(tonight)), margin).pValue() <= LEVEL;
    }

    private double[] changes(int[] tonight) {
        return Scores.changes(passes, runs, tonight, 1);
    }
}
