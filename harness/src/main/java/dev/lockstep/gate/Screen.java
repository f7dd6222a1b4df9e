package dev.lockstep.gate;

import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Which findings fired: their p-values share the level of the screen by the weights of their detectors. */
final class Screen {
    private static final double LEAST_SHOWN = 1e-4;

    private Screen() {}

    /** Returns the detectors that reject together at a level. */
    static Set<String> fired(List<Finding> findings, GatePolicy policy, double level) {
        return DriftRule.rejected(tests(findings, policy), level);
    }

    /** Returns the tests behind findings, those that made one. */
    static List<DriftRule.Test> tests(List<Finding> findings, GatePolicy policy) {
        List<Finding> tested = findings.stream()
                .filter(finding -> finding.pValue().isPresent())
                .toList();
        return tested.stream()
                .map(finding -> new DriftRule.Test(
                        finding.detector(),
                        finding.basis(),
                        finding.pValue().getAsDouble(),
                        policy.weights().getOrDefault(finding.family(), 0.0) / sharing(finding, findings),
                        policy.level(finding.family(), sharing(finding, findings))))
                .toList();
    }

    /** Returns how many halves or tiers of one detector share its weight, whether or not each of them makes a test. */
    static long sharing(Finding finding, List<Finding> findings) {
        return findings.stream()
                .filter(other -> other.family().equals(finding.family()))
                .count();
    }

    static String told(Finding finding) {
        double p = finding.pValue().orElse(1);
        return p < LEAST_SHOWN ? "p < 0.0001" : String.format(Locale.ROOT, "p %.2g", p);
    }
}
