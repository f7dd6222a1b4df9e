package dev.lockstep.stats;

import dev.lockstep.stats.TestResult.Reason;
import java.util.Arrays;

/**
 * What a permutation test says.
 *
 * @param test the observed statistic and its p-value
 * @param expected the mean of the compared statistic over all arrangements looked at, the observed one among them. A run-level
 *     comparison takes the ratio of statistic and expectation, for statistics whose expectation is positive
 * @param arrangements what the p-value was counted over
 */
public record PermutationResult(TestResult test, double expected, Arrangements arrangements) {

    /** Counts the p-value over {@code values}, the observed one first. */
    static PermutationResult of(double[] values, Reason reason, Arrangements arrangements) {
        double p = reason == Reason.TESTED ? UpperTail.pValue(values) : 1;
        double expected = Arrays.stream(values).average().orElse(0);
        return new PermutationResult(new TestResult(values[0], p, reason), expected, arrangements);
    }

    /** Returns this result with another way to state the statistic, such as with its sign. */
    PermutationResult stating(double statistic) {
        return new PermutationResult(new TestResult(statistic, test.pValue(), test.reason()), expected, arrangements);
    }
}
