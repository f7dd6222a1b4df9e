package dev.lockstep.simulation;

import dev.lockstep.stats.MeanEstimate;
import dev.lockstep.stats.NonInferiority;
import dev.lockstep.stats.RunMeanT;
import java.util.Arrays;
import java.util.random.RandomGenerator;

/**
 * Detector L4 of a noisy stack as the gate has it: the mean score of a run beside those of the baseline's runs.
 *
 * <p>The runs are taken to vary by one case at least.
 */
final class ScoreBaseline {
    private final double[] means;

    /** Asks every case once in each run, of which there are two or more. */
    ScoreBaseline(ScoreModel.Suite suite, int runs, RandomGenerator random) {
        this.means = new double[runs];
        Arrays.setAll(means, run -> Scores.mean(suite.run(random), 1));
    }

    /** Returns the p-value of a change in any direction. */
    double pValue(int[] tonight, int tries) {
        return change(means, Scores.mean(tonight, tries), tonight.length).test().pValue();
    }

    /** Says whether a loss of the margin is ruled out. */
    boolean isNotWorse(int[] tonight, double margin) {
        return isNotWorse(change(means, Scores.mean(tonight, 1), tonight.length), margin);
    }

    static boolean isNotWorse(MeanEstimate change, double margin) {
        return NonInferiority.test(change, margin).pValue() <= NonInferiority.LEVEL;
    }

    /** Returns how a run's mean differs from those of the baseline. */
    static MeanEstimate change(double[] unchanged, double tonight, int cases) {
        return RunMeanT.change(unchanged, tonight, 1.0 / cases);
    }
}
