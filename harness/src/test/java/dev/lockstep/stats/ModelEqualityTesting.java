package dev.lockstep.stats;

import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A peer, re-implemented for comparison only: Model Equality Testing as its authors' program computes it.
 *
 * <p>It pools all prompts with weights by their number of pairs, lets padding match padding, permutes labels across prompts and
 * divides by the number of permutations, so that its p-value can be 0. A mean over no pair counts as 0, where the program
 * returns NaN.
 *
 * <p>Source: Gao, Liang and Guestrin, ICLR 2025 (arXiv 2410.20247), and the program published with it.
 */
public final class ModelEqualityTesting {
    private final PairSimilarities pairs;
    private final List<int[]> prompts;
    private final Strata arms;

    private ModelEqualityTesting(PairSimilarities pairs, List<int[]> prompts, Strata arms) {
        this.pairs = pairs;
        this.prompts = prompts;
        this.arms = arms;
    }

    /**
     * Compares two samples of completions.
     *
     * @param first rows of the first sample: the number of the prompt, then tokens or code points, padded to one length
     * @param second rows of the second sample
     * @param similarity {@link Similarity#hamming()} or {@link Similarity#spectrum}
     */
    public static ModelEqualityTesting of(int[][] first, int[][] second, Similarity similarity) {
        int[][] rows = Stream.of(first, second).flatMap(Arrays::stream).toArray(int[][]::new);
        int[][] sequences = Arrays.stream(rows)
                .map(row -> Arrays.copyOfRange(row, 1, row.length))
                .toArray(int[][]::new);
        TreeMap<Integer, IntStream.Builder> prompts = new TreeMap<>();
        for (int row = 0; row < rows.length; row++) {
            prompts.computeIfAbsent(rows[row][0], prompt -> IntStream.builder()).add(row);
        }
        List<int[]> members =
                prompts.values().stream().map(each -> each.build().toArray()).toList();
        Strata arms = Strata.of(new int[] {first.length}, new int[] {second.length});
        return new ModelEqualityTesting(new PairSimilarities(sequences, similarity), members, arms);
    }

    /** Returns the statistic: mean similarity within the first, plus within the second, less twice across. */
    public double statistic() {
        return statistic(arms.observed());
    }

    /**
     * Returns the share of permutations of all labels whose statistic is at least the observed one.
     *
     * @return in [0, 1], 0 included
     */
    public double pValue(Permutations permutations) {
        return PooledPermutation.share(arms, permutations, this::statistic);
    }

    private double statistic(int[] order) {
        boolean[] isFirst = new boolean[order.length];
        for (int place = 0; place < arms.first(0); place++) {
            isFirst[order[place]] = true;
        }
        double[] sums = new double[3];
        int[] counts = new int[3];
        for (int[] prompt : prompts) {
            add(prompt, isFirst, sums, counts);
        }
        return mean(sums, counts, 2) - 2 * mean(sums, counts, 1) + mean(sums, counts, 0);
    }

    /** Adds the pairs of one prompt, by how many of a pair belong to the first sample. */
    private void add(int[] prompt, boolean[] isFirst, double[] sums, int[] counts) {
        for (int i = 0; i < prompt.length; i++) {
            for (int j = 0; j < i; j++) {
                int firsts = (isFirst[prompt[i]] ? 1 : 0) + (isFirst[prompt[j]] ? 1 : 0);
                sums[firsts] += pairs.of(prompt[i], prompt[j]);
                counts[firsts]++;
            }
        }
    }

    private static double mean(double[] sums, int[] counts, int firsts) {
        return counts[firsts] == 0 ? 0 : sums[firsts] / counts[firsts];
    }
}
