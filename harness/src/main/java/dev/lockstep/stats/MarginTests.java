package dev.lockstep.stats;

import dev.lockstep.stats.TestResult.Reason;

/** The one-sided tests under non-inferiority and equivalence. */
final class MarginTests {

    private MarginTests() {}

    /** Tests by Student's t whether {@code distance}, which varies like the estimate, is above 0. */
    static TestResult beyond(MeanEstimate estimate, double distance) {
        if (estimate.isUnknown()) {
            return new TestResult(0, 1, Reason.TOO_FEW);
        }
        Reason reason = estimate.isIdentical() ? Reason.IDENTICAL : Reason.TESTED;
        if (estimate.standardError() == 0) {
            double direction = distance == 0 ? 0 : Math.copySign(Double.POSITIVE_INFINITY, distance);
            return new TestResult(direction, distance > 0 ? 0 : 1, reason);
        }
        double t = distance / estimate.standardError();
        return new TestResult(t, estimate.distribution().survivalProbability(t), reason);
    }

    static TestResult score(PairedCounts counts, double z) {
        boolean nothingChanged = counts.gains() + counts.losses() == 0;
        return new TestResult(z, StandardNormal.survival(z), nothingChanged ? Reason.IDENTICAL : Reason.TESTED);
    }
}
