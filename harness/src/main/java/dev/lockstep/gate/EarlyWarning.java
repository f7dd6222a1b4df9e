package dev.lockstep.gate;

import dev.lockstep.baseline.Baseline;
import dev.lockstep.baseline.Calibration;
import java.util.List;

/** What detectors see whose noise is known from too few runs to decide a verdict, and from enough to warn beside it. */
final class EarlyWarning {
    private EarlyWarning() {}

    /** Returns a sentence for each such detector, told from the run's own answers: nothing is asked again for it. */
    static List<String> of(Baseline baseline, Tonight tonight, GatePolicy policy) {
        if (baseline.calibrations().stream().noneMatch(Calibration::warns)) {
            return List.of();
        }
        Baseline enough = baseline.withCalibrations(
                baseline.calibrations().stream().map(EarlyWarning::enough).toList());
        List<Finding> findings = Detectors.of(enough, List.of(tonight), policy).stream()
                .map(detector -> detector.find(Repeats.none()))
                .toList();
        return findings.stream()
                .filter(Finding::isByRuns)
                .map(finding ->
                        sentence(finding, baseline, policy.level(finding.family(), Screen.sharing(finding, findings))))
                .toList();
    }

    private static Calibration enough(Calibration noise) {
        return noise.warns() ? noise.asIfEnough() : noise;
    }

    private static String sentence(Finding finding, Baseline baseline, double level) {
        boolean fires = finding.pValue().orElse(1) <= level;
        return finding.detector() + " only warns with " + baseline.runs().size() + " approved runs, and decides from "
                + Calibration.ENOUGH_NOISY_RUNS + " on; it sees " + (fires ? "a change" : "nothing unusual") + " ("
                + Screen.told(finding) + "): " + finding.effect();
    }
}
