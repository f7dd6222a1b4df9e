package dev.lockstep.stats;

import dev.lockstep.stats.Stratum.Margins;
import dev.lockstep.stats.TestResult.Reason;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.apache.commons.statistics.distribution.ChiSquaredDistribution;

/**
 * The test of Cochran, Mantel and Haenszel for yes/no results of items that were tried several times on two sides: does one side
 * succeed more often, item by item?
 *
 * <p>Each item is a stratum, so items may be as easy or hard as they like. With one try on each side this is McNemar's test. It
 * equals a permutation of the tries inside each item, without drawing permutations.
 *
 * <p>Shapes: four arrays with one entry for each item; an item without tries on one side says nothing. Equal rates of every item
 * give p = 1, {@link Reason#IDENTICAL}; no item with tries on both sides gives p = 1, {@link Reason#TOO_FEW}.
 *
 * <p>Sources: N. Mantel, W. Haenszel, JNCI 22 (1959); exact form and two-sided rule as R's {@code mantelhaen.test}, after C. R. Mehta,
 * N. R. Patel, R. Gray, JASA 80 (1985).
 */
public final class CochranMantelHaenszel {
    /** Up to this sum of possible successes of the informative items the exact distribution is worked out. */
    static final int LARGEST_EXACT = 100_000;

    /** Probabilities are equal up to this factor, as in R. */
    private static final double TIE = 1 + 1e-7;

    private static final double LEAST_P = 1e-280;

    private CochranMantelHaenszel() {}

    /**
     * Returns the exact two-sided test: p is the total probability of all sums of tonight's successes that are no more probable
     * than the observed one, given each item's margins.
     *
     * <p>Where the possible successes of the items that can differ sum to more than 100,000, p is that of {@link #chiSquare}. A p
     * below 1e-280 is given as 1e-280.
     *
     * @return the statistic is tonight's successes less those expected without a change: negative when tonight is worse
     */
    public static TestResult exact(
            int[] baselineSuccesses, int[] baselineTries, int[] tonightSuccesses, int[] tonightTries) {
        List<Stratum> all = strata(baselineSuccesses, baselineTries, tonightSuccesses, tonightTries);
        return isTestable(all) ? exact(informative(all)) : untestable(all);
    }

    /**
     * Returns the asymptotic test with continuity correction.
     *
     * @return the statistic is χ² with one degree of freedom
     */
    public static TestResult chiSquare(
            int[] baselineSuccesses, int[] baselineTries, int[] tonightSuccesses, int[] tonightTries) {
        List<Stratum> all = strata(baselineSuccesses, baselineTries, tonightSuccesses, tonightTries);
        return isTestable(all) ? chiSquare(informative(all)) : untestable(all);
    }

    private static TestResult exact(List<Stratum> strata) {
        double excess = excess(strata);
        long sums = strata.stream()
                .map(Stratum::margins)
                .mapToLong(each -> each.most() - each.least())
                .sum();
        if (sums > LARGEST_EXACT) {
            return new TestResult(excess, chiSquare(strata).pValue(), Reason.TESTED);
        }
        Convolution sum = distributionOfSum(strata);
        int observed = strata.stream().mapToInt(Stratum::tonightSuccesses).sum();
        double p = sum.noMoreProbableThan(sum.probability(observed) * TIE);
        return new TestResult(excess, Math.clamp(p, LEAST_P, 1), Reason.TESTED);
    }

    private static Convolution distributionOfSum(List<Stratum> strata) {
        Map<Margins, Integer> alike = new LinkedHashMap<>();
        strata.forEach(each -> alike.merge(each.margins(), 1, Integer::sum));
        return alike.entrySet().stream()
                .map(group -> group.getKey().distribution().times(group.getValue()))
                .reduce(Convolution.ZERO, Convolution::plus);
    }

    private static TestResult chiSquare(List<Stratum> strata) {
        double corrected = Math.max(0, Math.abs(excess(strata)) - 0.5);
        double chiSquare =
                corrected * corrected / sum(strata, each -> each.margins().variance());
        return new TestResult(chiSquare, ChiSquaredDistribution.of(1).survivalProbability(chiSquare), Reason.TESTED);
    }

    private static double excess(List<Stratum> strata) {
        return sum(strata, each -> each.tonightSuccesses() - each.margins().expected());
    }

    private static double sum(List<Stratum> strata, ToDoubleFunction<Stratum> value) {
        return strata.stream().mapToDouble(value).sum();
    }

    private static boolean isTestable(List<Stratum> strata) {
        return strata.stream().anyMatch(each -> !each.hasEqualRates());
    }

    private static TestResult untestable(List<Stratum> strata) {
        boolean compared = strata.stream().anyMatch(Stratum::isOnBothSides);
        return new TestResult(0, 1, compared ? Reason.IDENTICAL : Reason.TOO_FEW);
    }

    private static List<Stratum> informative(List<Stratum> strata) {
        return strata.stream().filter(Stratum::isInformative).toList();
    }

    private static List<Stratum> strata(
            int[] baselineSuccesses, int[] baselineTries, int[] tonightSuccesses, int[] tonightTries) {
        int items = baselineSuccesses.length;
        Domain.sameLength("baselineSuccesses and baselineTries", items, baselineTries.length);
        Domain.sameLength("baselineSuccesses and tonightSuccesses", items, tonightSuccesses.length);
        Domain.sameLength("baselineSuccesses and tonightTries", items, tonightTries.length);
        return IntStream.range(0, items)
                .mapToObj(
                        i -> new Stratum(baselineSuccesses[i], baselineTries[i], tonightSuccesses[i], tonightTries[i]))
                .toList();
    }
}
