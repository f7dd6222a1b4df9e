package dev.lockstep.stats;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A peer, re-implemented for comparison only: logprob tracking (LT) as its authors' program computes it.
 *
 * <p>Give it every token that the server lists, the sampled one too. A token that a list lacks takes the list's smallest value,
 * and the p-value is divided by the number of permutations, so that it can be 0.
 *
 * <p>Source: Chauvin et al., ICLR 2026 (arXiv 2512.03816), and the program published with it.
 */
public final class LogprobTracking {

    private LogprobTracking() {}

    /**
     * Returns the mean over all tokens seen of |mean logprob of the first − mean logprob of the second|, in nats.
     *
     * @param first what each query of the first sample lists for one output token, at least one query
     * @param second of the second sample
     */
    public static double statistic(List<TopLogprobs> first, List<TopLogprobs> second) {
        return statistic(rows(first, second), arms(first, second).observed(), first.size());
    }

    /** Returns the share of permutations of all labels whose statistic is at least the observed one, in [0, 1]. */
    public static double pValue(List<TopLogprobs> first, List<TopLogprobs> second, Permutations permutations) {
        double[][] rows = rows(first, second);
        return PooledPermutation.share(
                arms(first, second), permutations, order -> statistic(rows, order, first.size()));
    }

    private static Strata arms(List<TopLogprobs> first, List<TopLogprobs> second) {
        return Strata.of(new int[] {first.size()}, new int[] {second.size()});
    }

    /** Returns a row for each query, with the value of each token that any query lists. */
    private static double[][] rows(List<TopLogprobs> first, List<TopLogprobs> second) {
        if (first.isEmpty() || second.isEmpty()) {
            throw new IllegalArgumentException(
                    "needs at least one query on each side, has " + first.size() + " and " + second.size());
        }
        List<TopLogprobs> queries =
                Stream.of(first, second).flatMap(List::stream).toList();
        List<Integer> seen = queries.stream()
                .flatMap(query -> IntStream.range(0, query.size()).mapToObj(query::id))
                .distinct()
                .toList();
        return queries.stream()
                .map(query -> seen.stream().mapToDouble(query::atMost).toArray())
                .toArray(double[][]::new);
    }

    private static double statistic(double[][] rows, int[] order, int first) {
        double[] differences = new double[rows[0].length];
        for (int place = 0; place < order.length; place++) {
            double weight = place < first ? 1.0 / first : -1.0 / (order.length - first);
            for (int token = 0; token < differences.length; token++) {
                differences[token] += weight * rows[order[place]][token];
            }
        }
        return Arrays.stream(differences).map(Math::abs).average().orElse(0);
    }
}
