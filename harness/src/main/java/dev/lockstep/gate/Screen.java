package dev.lockstep.gate;

import dev.lockstep.stats.Holm;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Which findings fired: their p-values share the level of the screen by the weights of their detectors. */
final class Screen {
    private static final double LEAST_SHOWN = 1e-4;

    private Screen() {}

    /** Returns the detectors that reject together at a level. */
    static Set<String> fired(List<Finding> findings, GatePolicy policy, double level) {
        List<Finding> tested = findings.stream()
                .filter(finding -> finding.pValue().isPresent())
                .toList();
        double[] p = tested.stream()
                .mapToDouble(finding -> finding.pValue().getAsDouble())
                .toArray();
        double[] weights = tested.stream()
                .mapToDouble(finding -> weight(finding, tested, policy))
                .toArray();
        double[] adjusted = Holm.adjusted(p, weights);
        Set<String> fired = new HashSet<>();
        for (int i = 0; i < adjusted.length; i++) {
            if (adjusted[i] <= level) {
                fired.add(tested.get(i).detector());
            }
        }
        return fired;
    }

    /** The halves or tiers of one detector share its weight. */
    private static double weight(Finding finding, List<Finding> tested, GatePolicy policy) {
        long shared = tested.stream()
                .filter(other -> other.family().equals(finding.family()))
                .count();
        return policy.weights().getOrDefault(finding.family(), 0.0) / shared;
    }

    /** Returns the least level that a finding has beside these, whatever else fires. */
    static double least(Finding finding, List<Finding> findings, GatePolicy policy) {
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
