package dev.lockstep.gate;

/**
 * What a person decided about verdicts, in {@code gate.yaml}.
 *
 * @param judging how a difference in the fingerprint is judged
 * @param alpha level of each test that can say DRIFT, in (0, 0.5)
 * @param scoreMargin the loss of score that would still be "the same", in (0, 1)
 * @param maxFailed share of samples that may fail in the infrastructure, 0 to 0.02
 * @param minCompared share of planned cases that the baseline must hold, 0 to 1
 */
public record GatePolicy(Judging judging, double alpha, double scoreMargin, double maxFailed, double minCompared) {

    /** How a difference in the fingerprint is judged. */
    public enum Judging {
        /** By the noise that was measured between the baseline's runs. */
        CALIBRATED,
        /** Any difference is drift, as a plain diff would say: shows what calibration is for. */
        EQUALITY
    }

    public static GatePolicy defaults() {
        return new GatePolicy(Judging.CALIBRATED, 0.01, 0.05, 0, 0.8);
    }

    public GatePolicy withJudging(Judging other) {
        return new GatePolicy(other, alpha, scoreMargin, maxFailed, minCompared);
    }
}
