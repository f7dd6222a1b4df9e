package dev.lockstep.stats;

import dev.lockstep.stats.TestResult.Reason;
import org.apache.commons.statistics.inference.BinomialTest;
import org.apache.commons.statistics.inference.SignificanceResult;

/**
 * The exact binomial test: does something happen as often as assumed?
 *
 * <p>Two-sided p is the total probability of all outcomes that are no more probable than the observed one, as in R's {@code
 * binom.test}. Source: Commons Statistics.
 */
public final class ExactBinomial {

    private ExactBinomial() {}

    /**
     * Returns the test of {@code successes} against an assumed probability.
     *
     * @param successes from 0 to {@code trials}
     * @param trials 0 or more; none gives p = 1, {@link Reason#TOO_FEW}
     * @param probability the assumed one, in [0, 1]
     * @return the statistic is the observed rate
     */
    public static TestResult test(int successes, int trials, double probability, Alternative alternative) {
        Domain.probability("probability", probability);
        if (trials == 0 && successes == 0) {
            return new TestResult(0, 1, Reason.TOO_FEW);
        }
        double rate = new Proportion(successes, trials).rate();
        SignificanceResult result =
                BinomialTest.withDefaults().with(alternative.hypothesis()).test(trials, successes, probability);
        return new TestResult(rate, Math.min(1, result.getPValue()), Reason.TESTED);
    }
}
