package dev.lockstep.baseline;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Recorded runs of one plan, read once with all their samples, that may become the baseline of their lock. */
public final class Candidates {
    private final List<BaselineRun> runs;

    Candidates(List<BaselineRun> runs) {
        this.runs = List.copyOf(runs);
    }

    public List<BaselineRun> runs() {
        return runs;
    }

    /** Returns the noise between these runs, those of the first one's stratum, one for each detector. */
    public List<Calibration> calibrations() {
        return new Calibrator(strata().getFirst()).all();
    }

    /** Returns the runs of each stratum, in the order of their first ones. */
    private List<List<BaselineRun>> strata() {
        Map<String, List<BaselineRun>> strata = runs.stream()
                .collect(Collectors.groupingBy(
                        run -> run.manifest().header().stratum(), LinkedHashMap::new, Collectors.toList()));
        return List.copyOf(strata.values());
    }

    /**
     * Throws when a change that the lock does not see lies between these runs.
     *
     * @throws dev.lockstep.document.LockstepException of kind BASELINE, with the runs on both sides and both ways out
     */
    public void requireOneBehaviour() {
        strata().forEach(ApprovalRules::requireOneBehaviour);
    }
}
