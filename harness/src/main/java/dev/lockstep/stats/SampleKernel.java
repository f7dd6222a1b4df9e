package dev.lockstep.stats;

import dev.lockstep.stats.TestResult.Reason;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The similarities between sampled answers, prompt by prompt; they are computed once, and permutations exchange indices.
 *
 * <p>Every statistic is averaged over the prompts with equal weight. A prompt with fewer than two samples in an arm is left
 * out.
 */
public final class SampleKernel {
    private final Strata strata;
    private final List<PromptKernel> prompts;
    private final UsableStrata usable;
    private final Reason reason;

    private SampleKernel(Strata strata, List<PromptKernel> prompts, boolean identical) {
        this.strata = strata;
        this.prompts = prompts;
        this.usable = new UsableStrata(strata, 2);
        this.reason = usable.reason(identical);
    }

    /**
     * Compares the answers of two arms.
     *
     * @param first token ids of the first arm, by prompt, sample and position; any lengths
     * @param second token ids of the second arm, for the same prompts
     */
    public static SampleKernel of(int[][][] first, int[][][] second, Similarity similarity) {
        Strata strata = Strata.of(counts(first), counts(second));
        List<PromptKernel> prompts = IntStream.range(0, strata.size())
                .mapToObj(i -> new PromptKernel(first[i], second[i], strata.offset(i), similarity))
                .toList();
        boolean identical = IntStream.range(0, strata.size()).allMatch(i -> identical(first[i], second[i]));
        return new SampleKernel(strata, prompts, identical);
    }

    /**
     * Returns the squared maximum mean discrepancy, estimated without bias: it may be negative, and is 0 on average over all
     * arrangements.
     *
     * <p>Source: Gretton et al., "A kernel two-sample test", JMLR 13 (2012), lemma 6, within prompts.
     */
    public TwoArmStatistic discrepancy() {
        return new KernelStatistic(
                this, (prompt, means) -> means.first() + means.second() - 2 * means.across(), value -> value);
    }

    /**
     * Returns the squared maximum mean discrepancy with each sample's pair with itself: never negative, so that it can be
     * divided by its expectation.
     *
     * <p>Source: Gretton et al., as above, equation 5.
     */
    public TwoArmStatistic discrepancyWithSelfPairs() {
        return new KernelStatistic(this, SampleKernel::withSelfPairs, value -> Math.max(0, value));
    }

    /**
     * Returns the difference in diversity |S_A − S_B|, where S is the mean similarity of two samples of one arm: what a changed
     * temperature moves.
     */
    public TwoArmStatistic diversity() {
        return new KernelStatistic(this, (prompt, means) -> means.second() - means.first(), Math::abs);
    }

    Strata strata() {
        return strata;
    }

    Reason reason() {
        return reason;
    }

    double mean(int[] order, KernelStatistic.Contribution contribution) {
        return usable.mean(number -> {
            PromptKernel prompt = prompts.get(number);
            return contribution.of(prompt, prompt.means(order));
        });
    }

    private static double withSelfPairs(PromptKernel prompt, PromptKernel.PairMeans means) {
        return withSelfPairs(means.first(), prompt.first())
                + withSelfPairs(means.second(), prompt.second())
                - 2 * means.across();
    }

    private static double withSelfPairs(double mean, int samples) {
        return mean + (1 - mean) / samples;
    }

    private static int[] counts(int[][][] arm) {
        return Arrays.stream(arm).mapToInt(each -> each.length).toArray();
    }

    private static boolean identical(int[][] first, int[][] second) {
        int[][] pooled = Stream.of(first, second).flatMap(Arrays::stream).toArray(int[][]::new);
        return Arrays.deepEquals(first, second)
                || Arrays.stream(pooled).allMatch(each -> Arrays.equals(each, pooled[0]));
    }
}
