package dev.lockstep.stats;

/**
 * What a test found.
 *
 * @param statistic the value that was compared; each test says which, and what its sign means; never NaN
 * @param pValue probability of a result at least as extreme if the null hypothesis holds, in [0, 1]
 * @param reason why the p-value is what it is
 */
public record TestResult(double statistic, double pValue, Reason reason) {

    /** Where a p-value comes from. */
    public enum Reason {
        /** The data were tested. */
        TESTED,
        /** Both sides are the same: a test of difference answers p = 1 without a calculation. */
        IDENTICAL,
        /** There are too few data to say anything. */
        TOO_FEW
    }

    public TestResult {
        if (Double.isNaN(statistic) || !(pValue >= 0 && pValue <= 1)) {
            throw new IllegalArgumentException(
                    "a test needs a statistic and a p-value in [0, 1], has " + statistic + " and " + pValue);
        }
    }
}
