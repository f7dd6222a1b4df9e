package dev.lockstep.simulation;

/**
 * A peer: EVALSIG's sequential gate, which looks at the mean of paired differences after each item and stops when its confidence
 * sequence excludes 0.
 *
 * <p>Half-width after t items: s·√(2(t + ρ²)·ln(√(t + ρ²)/(αρ))) / t, with s the standard deviation of the differences so far and
 * ρ = 1; it says nothing before the 30th item. Asymptotic confidence sequences hold for all t at once, in the limit.
 *
 * <p>Source: EVALSIG's documentation, "Sequential testing" (melonai.in/docs/evalsig), after Howard et al., Annals of Statistics 49
 * (2021). The documentation's gate looks for improvement, one-sided; drift may go either way, so both ends are watched here.
 */
final class ConfidenceSequenceRule {
    private static final int WARM_UP = 30;

    private ConfidenceSequenceRule() {}

    /** Walks through the differences, tonight less baseline, in their order. */
    static boolean alarms(double[] differences, double alpha) {
        double sum = 0;
        double squares = 0;
        for (int i = 0; i < differences.length; i++) {
            sum += differences[i];
            squares += differences[i] * differences[i];
            int items = i + 1;
            double mean = sum / items;
            double deviation = Math.sqrt(Math.max(0, squares / items - mean * mean));
            if (items >= WARM_UP && Math.abs(mean) > deviation * reach(items, alpha)) {
                return true;
            }
        }
        return false;
    }

    private static double reach(int items, double alpha) {
        double more = items + 1.0;
        return Math.sqrt(2 * more * Math.log(Math.sqrt(more) / alpha)) / items;
    }
}
