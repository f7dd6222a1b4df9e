package dev.lockstep.stats;

import java.util.List;
import java.util.TreeSet;
import java.util.stream.IntStream;

/**
 * How far the next-token distributions of two runs lie apart on the same tokens, averaged over positions.
 *
 * <p>Sources: mean |Δ|: T. Chauvin et al., arXiv 2512.03816 (2025), with another treatment of tokens that one run does not list; the
 * bound of the divergence: T. M. Cover, J. A. Thomas, Elements of Information Theory (2006), data processing inequality; the share
 * of equal top tokens: {@code llama-perplexity --kl-divergence} of llama.cpp.
 *
 * @param positions how many positions were compared; without one, nothing differs
 * @param meanAbsolute the mean |Δ logprob| over the tokens that either run lists, in nats. For a token that one run does not list
 *     it is the least difference that both lists allow
 * @param kullbackLeibler the mean divergence of tonight's run from the baseline over the listed tokens and a tail bucket, in nats:
 *     a lower bound on the one over all tokens
 * @param topAgreement the share of positions with a common likeliest token; tied tokens all count as likeliest
 */
public record LogprobDistance(int positions, double meanAbsolute, double kullbackLeibler, double topAgreement) {

    /**
     * Compares two runs position by position.
     *
     * @param baseline what the baseline lists at each position
     * @param tonight what tonight's run lists at the same positions, after the same tokens
     */
    public static LogprobDistance of(List<TopLogprobs> baseline, List<TopLogprobs> tonight) {
        checkEqual(baseline.size(), tonight.size());
        return new LogprobDistance(
                baseline.size(),
                mean(baseline, tonight, LogprobDistance::meanAbsolute, 0),
                mean(baseline, tonight, LogprobDistance::kullbackLeibler, 0),
                mean(baseline, tonight, LogprobDistance::topAgreement, 1));
    }

    /**
     * Returns the mean |Δ logprob| of the tokens that both runs were made to follow.
     *
     * @param baseline log-probability of each token, at most 0; −∞, −9999 and all below −100 count as −100
     * @param tonight of the same tokens
     * @return in nats, from 0 to 100; 0 without a token
     */
    public static double meanAbsolute(double[] baseline, double[] tonight) {
        checkEqual(baseline.length, tonight.length);
        return IntStream.range(0, baseline.length)
                .mapToDouble(i -> Math.abs(TopLogprobs.clamped(baseline[i]) - TopLogprobs.clamped(tonight[i])))
                .average()
                .orElse(0);
    }

    /**
     * Returns the divergence of tonight's run from the baseline at each position: what {@link #kullbackLeibler()} is the mean of.
     *
     * @param baseline what the baseline lists at each position
     * @param tonight what tonight's run lists at the same positions, after the same tokens
     */
    public static double[] divergences(List<TopLogprobs> baseline, List<TopLogprobs> tonight) {
        checkEqual(baseline.size(), tonight.size());
        return IntStream.range(0, baseline.size())
                .mapToDouble(i -> kullbackLeibler(baseline.get(i), tonight.get(i)))
                .toArray();
    }

    /** Returns a lower bound on the total variation at one position, in [0, 1]. */
    public static double totalVariation(TopLogprobs baseline, TopLogprobs tonight) {
        SharedBuckets buckets = SharedBuckets.of(baseline, tonight);
        return Divergence.totalVariation(buckets.first(), buckets.second());
    }

    /** Returns a lower bound on the divergence of Jensen and Shannon at one position, in nats. */
    public static double jensenShannon(TopLogprobs baseline, TopLogprobs tonight) {
        SharedBuckets buckets = SharedBuckets.of(baseline, tonight);
        return Divergence.jensenShannon(buckets.first(), buckets.second());
    }

    private static double kullbackLeibler(TopLogprobs baseline, TopLogprobs tonight) {
        SharedBuckets buckets = SharedBuckets.of(baseline, tonight);
        return Divergence.kullbackLeibler(buckets.first(), buckets.second());
    }

    private static double meanAbsolute(TopLogprobs baseline, TopLogprobs tonight) {
        TreeSet<Integer> ids = new TreeSet<>();
        for (TopLogprobs top : List.of(baseline, tonight)) {
            IntStream.range(0, top.size()).map(top::id).forEach(ids::add);
        }
        return ids.stream()
                .mapToDouble(id -> leastDifference(baseline, tonight, id))
                .average()
                .orElse(0);
    }

    private static double leastDifference(TopLogprobs baseline, TopLogprobs tonight, int id) {
        double difference = baseline.atMost(id) - tonight.atMost(id);
        boolean couldBeEqual = difference > 0 ? !baseline.lists(id) : !tonight.lists(id);
        return couldBeEqual ? 0 : Math.abs(difference);
    }

    private static double topAgreement(TopLogprobs baseline, TopLogprobs tonight) {
        return IntStream.range(0, baseline.size())
                        .filter(rank -> baseline.logprob(rank) == baseline.logprob(0))
                        .map(baseline::id)
                        .anyMatch(id -> tonight.lists(id) && tonight.atMost(id) == tonight.logprob(0))
                ? 1
                : 0;
    }

    private static double mean(
            List<TopLogprobs> baseline, List<TopLogprobs> tonight, Distance distance, double ofNothing) {
        return IntStream.range(0, baseline.size())
                .mapToDouble(i -> distance.of(baseline.get(i), tonight.get(i)))
                .average()
                .orElse(ofNothing);
    }

    private static void checkEqual(int baseline, int tonight) {
        if (baseline != tonight) {
            throw new IllegalArgumentException("the baseline has " + baseline + " positions and tonight's run "
                    + tonight + ", expected equally many; compare up to the first different token");
        }
    }

    @FunctionalInterface
    private interface Distance {
        double of(TopLogprobs baseline, TopLogprobs tonight);
    }
}
