package dev.lockstep.simulation;

import dev.lockstep.gate.DriftRule.Basis;
import java.util.random.RandomGenerator;

/** Detector L4 of a noisy stack on one night, whose run was asked before. */
final class ScoreFamily implements DecisionRule.Family {
    private final ScoreBaseline baseline;
    private final ScoreModel.Suite suite;
    private final double epoch;
    private final int[] tonight;

    /**
     * Takes the night.
     *
     * @param epoch of the server start that answered
     */
    ScoreFamily(ScoreBaseline baseline, ScoreModel.Suite suite, double epoch, int[] tonight) {
        this.baseline = baseline;
        this.suite = suite;
        this.epoch = epoch;
        this.tonight = tonight;
    }

    @Override
    public String detector() {
        return "L4";
    }

    @Override
    public Basis basis() {
        return Basis.RUNS;
    }

    @Override
    public double screen(RandomGenerator random) {
        return baseline.pValue(tonight, 1);
    }

    @Override
    public double here(RandomGenerator random) {
        return baseline.pValue(suite.run(2, 0, epoch, random), 2);
    }

    @Override
    public double elsewhere(RandomGenerator random) {
        return baseline.pValue(suite.run(random), 1);
    }
}
