package dev.lockstep.baseline;

import dev.lockstep.document.ErrorKind;
import dev.lockstep.document.LockstepException;
import dev.lockstep.lock.LockId;
import java.util.List;

/** What runs must have in common, and what they must not, to be approved together. */
final class ApprovalRules {

    private ApprovalRules() {}

    static void requireOwnEpochs(List<BaselineRun> runs) {
        long epochs = runs.stream()
                .map(run -> run.manifest().header().epoch())
                .distinct()
                .count();
        if (epochs < runs.size()) {
            throw new LockstepException(
                    ErrorKind.BASELINE,
                    runs.size() + " runs share " + epochs
                            + " server starts; noise is shared inside a start, so approve one run of each");
        }
    }

    static void requireOnePlan(LockId lockId, List<BaselineRun> runs) {
        if (runs.isEmpty()) {
            throw new LockstepException(
                    ErrorKind.BASELINE,
                    "no run is recorded under " + lockId + "; start with `lockstep baseline record`");
        }
        List<String> plans = runs.stream()
                .map(run -> run.manifest().header().planHash())
                .distinct()
                .toList();
        if (plans.size() > 1) {
            throw new LockstepException(
                    ErrorKind.BASELINE,
                    "the runs under " + lockId + " followed " + plans.size()
                            + " different plans; approve the runs of one plan with --run, or record again");
        }
    }
}
