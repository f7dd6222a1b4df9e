package dev.lockstep.stats;

import dev.lockstep.stats.TestResult.Reason;
import org.apache.commons.statistics.inference.FisherExactTest;
import org.apache.commons.statistics.inference.SignificanceResult;

/**
 * Fisher's exact test for two unpaired proportions, conditional on both margins of the 2×2 table.
 *
 * <p>Two-sided p is the total probability of all tables that are no more probable than the observed one, as in R's {@code
 * fisher.test}. Source: Commons Statistics.
 */
public final class FisherExact {

    private FisherExact() {}

    /**
     * Returns the test of {@code first} against {@code second}; {@link Alternative#GREATER} looks for a higher first rate.
     *
     * @return the statistic is the difference of the rates, first − second; equal rates give p = 1, {@link Reason#IDENTICAL}
     */
    public static TestResult test(Proportion first, Proportion second, Alternative alternative) {
        if (first.hasRateOf(second)) {
            return new TestResult(0, 1, Reason.IDENTICAL);
        }
        int[][] table = {row(first), row(second)};
        SignificanceResult result =
                FisherExactTest.withDefaults().with(alternative.hypothesis()).test(table);
        return new TestResult(first.rate() - second.rate(), Math.min(1, result.getPValue()), Reason.TESTED);
    }

    private static int[] row(Proportion proportion) {
        return new int[] {proportion.successes(), proportion.trials() - proportion.successes()};
    }
}
