package dev.lockstep.gate;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What the detectors found, told with what the screen says of it.
 *
 * @param remedies what would decide a finding that decides nothing, by its detector; none where the finding tells it
 */
record Screened(List<Finding> findings, Map<String, String> remedies) {
    Screened {
        findings = List.copyOf(findings);
        remedies = Map.copyOf(remedies);
    }

    /** The screen alone knows the level at which a test says "changed", so what a finding says waits for it. */
    static Screened of(List<Detector> detectors, Repeats repeats, GatePolicy policy) {
        List<Finding> found =
                detectors.stream().map(detector -> detector.find(repeats)).toList();
        Set<String> fired = Screen.fired(found, policy, policy.levels().screen());
        List<Finding> told = new ArrayList<>();
        Map<String, String> remedies = new HashMap<>();
        for (int i = 0; i < found.size(); i++) {
            Finding finding = found.get(i);
            String remedy = detectors.get(i).remedy(finding);
            if (fired.contains(finding.detector())) {
                told.add(finding);
                remedies.put(finding.detector(), remedy);
            } else {
                told.add(finding.and(remedy));
            }
        }
        return new Screened(told, remedies);
    }

    /** Returns a finding that the screen fired on with what would decide it. */
    Finding withRemedy(Finding finding) {
        return finding.and(remedies.getOrDefault(finding.detector(), ""));
    }
}
