package dev.lockstep.simulation;

import dev.lockstep.stats.MeanEstimate;
import dev.lockstep.stats.NonInferiority;
import dev.lockstep.stats.RunMeanT;
import java.util.Arrays;
import java.util.random.RandomGenerator;

/**
 * Detector L4 as the gate has it: the mean score of a run beside those of the baseline's runs, or pairs with its only run.
 *
 * <p>The runs are taken to vary by one case at least.
 */
final class ScoreBaseline {
    private static final double LEVEL = 0.05;

    private final int[][] runs;
    private final double[] means;

    /** Asks every case once in each run. */
    ScoreBaseline(ScoreModel.Suite suite, int runs, RandomGenerator random) {
        this.runs = new int[runs][];
        Arrays.setAll(this.runs, run -> suite.run(random));
        this.means =
                Arrays.stream(this.runs).mapToDouble(run -> Scores.mean(run, 1)).toArray();
    }

    /** Returns the p-value of a change in any direction, against two runs or more. */
    double pValue(int[] tonight, int tries) {
        return change(means, Scores.mean(tonight, tries), tonight.length).test().pValue();
    }

    /** Says whether a loss of the margin is ruled out: by Tango's score against one run, else by the run-level t. */
    boolean isNotWorse(int[] tonight, double margin) {
        return runs.length == 1
                ? NonInferiority.test(Scores.paired(runs[0], tonight), margin).pValue() <= LEVEL
                : isNotWorse(change(means, Scores.mean(tonight, 1), tonight.length), margin);
    }

    static boolean isNotWorse(MeanEstimate change, double margin) {
        return NonInferiority.test(change, margin).pValue() <= LEVEL;
    }

    /** Returns how a run's mean differs from those of the baseline. */
    static MeanEstimate change(double[] unchanged, double tonight, int cases) {
        return RunMeanT.change(unchanged, tonight, 1.0 / cases);
    }
}
