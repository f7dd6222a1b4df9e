package dev.lockstep.baseline;

import java.util.List;

/**
 * The approved runs under one lock.
 *
 * @param runs in the order of approval, at least one
 * @param approvedBy who vouches for them
 * @param why the reason, in the approver's words
 */
public record Baseline(
        String lockId,
        List<BaselineRun> runs,
        Calibration fingerprint,
        Calibration scores,
        String approvedBy,
        String why) {

    public Baseline {
        runs = List.copyOf(runs);
    }

    public BaselineRun first() {
        return runs.getFirst();
    }
}
