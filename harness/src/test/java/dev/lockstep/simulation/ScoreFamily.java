package dev.lockstep.simulation;

import java.util.random.RandomGenerator;

/** Detector L4 on one night, whose run was asked before. */
final class ScoreFamily implements DecisionRule.Family {
    private final ScoreBaseline baseline;
    private final ScoreModel.Suite suite;
    private final int[] tonight;

    ScoreFamily(ScoreBaseline baseline, ScoreModel.Suite suite, int[] tonight) {
        this.baseline = baseline;
        this.suite = suite;
        this.tonight = tonight;
    }

    @Override
    public double screen(RandomGenerator random) {
        return baseline.pValue(tonight, 1);
    }

    @Override
    public double confirm(RandomGenerator random) {
        return baseline.pValue(suite.run(2, 0, random), 2);
    }
}
