package dev.lockstep.simulation;

import dev.lockstep.stats.Holm;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/**
 * Lockstep's decision: families that fire in the screen are asked again for twice the work; what is confirmed is drift.
 *
 * @param weights of the families in the weighted Holm procedure
 */
record DecisionRule(List<Double> weights) {
    static final double SCREEN = 0.05;
    static final double CONFIRM = 0.02;

    /** L1, L2, L3 and L4 as shipped. */
    static final DecisionRule SHIPPED = new DecisionRule(List.of(.25, .25, .20, .30));

    DecisionRule {
        weights = List.copyOf(weights);
    }

    /** A detector with its baseline, on one night. */
    interface Family {

        /** Returns the p-value of tonight's run. */
        double screen(RandomGenerator random);

        /** Returns the p-value of a fresh run with twice the work, against the same baseline. */
        double confirm(RandomGenerator random);
    }

    /** What the decision says, before equivalence is looked at. */
    enum Outcome {
        QUIET,
        FIRED_UNCONFIRMED,
        DRIFT
    }

    /** Judges one night. */
    Outcome judge(List<? extends Family> families, RandomGenerator random) {
        double[] screened =
                families.stream().mapToDouble(family -> family.screen(random)).toArray();
        int[] fired = rejected(screened, all(), SCREEN);
        if (fired.length == 0) {
            return Outcome.QUIET;
        }
        double[] confirmed = IntStream.of(fired)
                .mapToDouble(family -> families.get(family).confirm(random))
                .toArray();
        return rejected(confirmed, fired, CONFIRM).length > 0 ? Outcome.DRIFT : Outcome.FIRED_UNCONFIRMED;
    }

    private int[] all() {
        return IntStream.range(0, weights.size()).toArray();
    }

    private int[] rejected(double[] p, int[] families, double alpha) {
        double[] shares = IntStream.of(families).mapToDouble(weights::get).toArray();
        double[] adjusted = Holm.adjusted(p, shares);
        return IntStream.range(0, families.length)
                .filter(i -> adjusted[i] <= alpha)
                .map(i -> families[i])
                .toArray();
    }
}
