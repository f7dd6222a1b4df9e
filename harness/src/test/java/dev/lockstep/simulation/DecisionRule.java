package dev.lockstep.simulation;

import dev.lockstep.gate.DriftRule;
import dev.lockstep.gate.DriftRule.Basis;
import dev.lockstep.gate.DriftRule.Outcome;
import dev.lockstep.gate.GatePolicy;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.random.RandomGenerator;

/** Lockstep's decision on one night: the rule of the gate itself, at the levels and weights that it ships with. */
final class DecisionRule {
    private static final GatePolicy POLICY = GatePolicy.defaults();

    static final double SCREEN = POLICY.levels().screen();
    static final double CONFIRM = POLICY.levels().confirm();

    /** The p-value of a detector of weight .25 that needs no second start. */
    static final double ALONE = POLICY.level("L1", 1) * CONFIRM;

    private DecisionRule() {}

    /** A detector with its baseline, on one night. */
    interface Family {

        /** Returns the name of the detector, {@code L1}. */
        String detector();

        Basis basis();

        /** Returns the p-value of tonight's run. */
        double screen(RandomGenerator random);

        /** Returns the p-value of fresh answers of tonight's server start, asked twice. */
        double here(RandomGenerator random);

        /** Returns the p-value of fresh answers of another start. */
        double elsewhere(RandomGenerator random);
    }

    /**
     * What one night ends with, the strongest outcome of all detectors.
     *
     * @param alone where no other start can be asked
     * @param elsewhere where another one is asked
     */
    record Night(Outcome alone, Outcome elsewhere) {}

    /** Judges one night. */
    static Night judge(List<? extends Family> families, RandomGenerator random) {
        DriftRule rule = DriftRule.screen(POLICY.levels(), tests(families, family -> family.screen(random)));
        if (rule.asks()) {
            rule = rule.confirmed(tests(open(families, rule), family -> family.here(random)));
        }
        Outcome alone = strongest(families, rule);
        if (rule.asks()) {
            rule = rule.confirmed(tests(open(families, rule), family -> family.elsewhere(random)));
        }
        return new Night(alone, strongest(families, rule));
    }

    private static List<DriftRule.Test> tests(List<? extends Family> families, ToDoubleFunction<Family> pValue) {
        return families.stream()
                .map(family -> new DriftRule.Test(
                        family.detector(),
                        family.basis(),
                        pValue.applyAsDouble(family),
                        POLICY.weights().getOrDefault(family.detector(), 0.0),
                        POLICY.level(family.detector(), 1)))
                .toList();
    }

    private static List<? extends Family> open(List<? extends Family> families, DriftRule rule) {
        return families.stream()
                .filter(family -> rule.open().contains(family.detector()))
                .toList();
    }

    private static Outcome strongest(List<? extends Family> families, DriftRule rule) {
        return families.stream()
                .map(family -> rule.outcome(family.detector()))
                .max(Comparator.naturalOrder())
                .orElse(Outcome.NOT_FIRED);
    }
}
