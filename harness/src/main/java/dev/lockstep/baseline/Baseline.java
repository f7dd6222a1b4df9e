package dev.lockstep.baseline;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/**
 * The approved runs under one lock.
 *
 * @param runs in the order of approval, at least one
 * @param calibrations the noise between them, one for each detector
 * @param approvedBy who vouches for them
 * @param why the reason, in the approver's words
 */
public record Baseline(
        String lockId, List<BaselineRun> runs, List<Calibration> calibrations, String approvedBy, String why) {

    public Baseline {
        runs = List.copyOf(runs);
        calibrations = List.copyOf(calibrations);
    }

    /** Returns the runs of one stratum, with the noise between these alone; empty when nobody approved one of it. */
    public Optional<Baseline> within(String stratum) {
        List<BaselineRun> its = runs.stream()
                .filter(run -> run.manifest().header().stratum().equals(stratum))
                .toList();
        if (its.size() == runs.size() || its.isEmpty()) {
            return its.isEmpty() ? Optional.empty() : Optional.of(this);
        }
        return Optional.of(new Baseline(lockId, its, new Calibrator(its).all(), approvedBy, why));
    }

    /** Returns the noise as a detector sees it; nothing measured when nobody did. */
    public Calibration calibration(String detector) {
        return calibrations.stream()
                .filter(each -> each.detector().equals(detector))
                .findFirst()
                .orElseGet(() -> new Calibration(detector, 0, 0, 0, 0));
    }

    /** Returns the same runs with another judgement of their noise. */
    public Baseline withCalibrations(List<Calibration> others) {
        return new Baseline(lockId, runs, others, approvedBy, why);
    }

    /** Returns how many runs in all every detector needs to know its noise; those that are there when all do. */
    public int runsNeeded() {
        return Math.max(runs.size(), Calibration.runsNeeded(calibrations));
    }

    /** Returns how many runs in all would measure a noise that the approved ones do not show. */
    public int runsNeededIfNoisy() {
        return Math.max(runsNeeded(), Math.max(Calibration.ENOUGH_NOISY_RUNS, runs.size() + 1));
    }

    /** Returns the days on which its runs were asked (UTC), as their ids tell, in their order. */
    public List<LocalDate> days() {
        return runs.stream()
                .flatMap(run -> run.manifest().header().day().stream())
                .distinct()
                .sorted()
                .toList();
    }

    public BaselineRun first() {
        return runs.getFirst();
    }
}
