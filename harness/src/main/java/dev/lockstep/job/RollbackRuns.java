package dev.lockstep.job;

import dev.lockstep.baseline.BaselineRun;
import dev.lockstep.baseline.BaselineStore;
import dev.lockstep.baseline.Calibration;
import dev.lockstep.baseline.Candidates;
import dev.lockstep.baseline.FingerprintAspect;
import dev.lockstep.document.LockstepException;
import dev.lockstep.job.RollbackReport.Item;
import dev.lockstep.lock.LockId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The runs that were recorded under a lock, as far as their samples are still there. */
final class RollbackRuns {
    private static final String PART = "baseline";

    private final LockId lock;
    private final BaselineStore store;
    private final List<String> recorded;
    private final List<String> there = new ArrayList<>();
    private final List<String> lost = new ArrayList<>();

    RollbackRuns(LockId lock, BaselineStore store) {
        this.lock = lock;
        this.store = store;
        this.recorded = store.recorded(lock);
        recorded.forEach(this::look);
    }

    private void look(String runId) {
        try {
            store.candidates(lock, List.of(runId));
            there.add(runId);
        } catch (LockstepException missing) {
            lost.add(missing.getMessage());
        }
    }

    /** Returns the first run with all its samples; the stack was started under this lock then. */
    Optional<String> first() {
        return there.stream().findFirst();
    }

    /** Returns a run whose answers repeat bit by bit; empty where answers vary, or too few runs tell. */
    Optional<BaselineRun> repeatable() {
        try {
            return there.isEmpty() ? Optional.empty() : repeatable(store.candidates(lock, there));
        } catch (LockstepException ofSeveralPlans) {
            return Optional.empty();
        }
    }

    private static Optional<BaselineRun> repeatable(Candidates candidates) {
        boolean repeats = List.of(FingerprintAspect.TOKENS, FingerprintAspect.LOGPROBS).stream()
                .allMatch(aspect -> candidates.calibrations().stream()
                        .anyMatch(noise -> noise.detector().equals(aspect.detector())
                                && noise.noise() == Calibration.Noise.DETERMINISTIC));
        return repeats ? Optional.of(candidates.runs().getFirst()) : Optional.empty();
    }

    Item item() {
        if (recorded.isEmpty()) {
            return Item.degraded(
                    PART,
                    "no run is recorded under this lock, so nothing says how it behaves",
                    "record runs after it is served again: `lockstep baseline record`, then `lockstep baseline approve`");
        }
        if (there.isEmpty() || !lost.isEmpty()) {
            return Item.degraded(
                    PART,
                    lost.size() + " of " + recorded.size() + " recorded runs have no samples here: " + lost.getFirst(),
                    "copy the object store, or record again after it is served");
        }
        boolean isApproved = store.approved(lock).isPresent();
        return Item.ready(
                PART,
                there.size()
                        + (there.size() == 1 ? " run with its samples" : " runs with their samples")
                        + (isApproved
                                ? ", approved"
                                : "; approve again after rolling back: `lockstep baseline approve`"));
    }
}
