package dev.lockstep.baseline;

import java.util.List;

/** Recorded runs of one plan, read once with all their samples, that may become the baseline of their lock. */
public final class Candidates {
    private final List<BaselineRun> runs;

    Candidates(List<BaselineRun> runs) {
        this.runs = List.copyOf(runs);
    }

    public List<BaselineRun> runs() {
        return runs;
    }

    /** Returns the noise between these runs, one for each detector, as approval would measure it. */
    public List<Calibration> calibrations() {
        return new Calibrator(runs).all();
    }

    /**
     * Throws when a change that the lock does not see lies between these runs.
     *
     * @throws dev.lockstep.document.LockstepException of kind BASELINE, with the runs on both sides and both ways out
     */
    public void requireOneBehaviour() {
        ApprovalRules.requireOneBehaviour(runs);
    }
}
