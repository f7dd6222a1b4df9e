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
                        finding.comparing(),
                        finding.pValue().getAsDouble(),
                        weight(finding, tested, policy),
                        least(finding, tested, policy)))
                .toList();
    }

    /** The halves or tiers of one detector share its weight. */
    private static double weight(Finding finding, List<Finding> tested, GatePolicy policy) {
        long shared = tested.stream()
                .filter(other -> other.family().equals(finding.family()))
                .count();
        return policy.weights().getOrDefault(finding.family(), 0.0) / shared;
    }

    /** Returns the least level that a finding has beside these, whatever else fires. */
    private static double least(Finding finding, List<Finding> findings, GatePolicy policy) {
        double all = policy.weights().values().stream()
                .mapToDouble(Double::doubleValue)
                .sum();
        return policy.levels().screen() * weight(finding, findings, policy) / all;
    }

    static String told(Finding finding) {
        double p = finding.pValue().orElse(1);
        return p < LEAST_SHOWN ? "p < 0.0001" : String.format(Locale.ROOT, "p %.2g", p);
    }
}
