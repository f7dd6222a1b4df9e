package dev.lockstep.stats;

import java.util.Arrays;

/** The similarities of all samples of one prompt, and their means within and across the arms of an arrangement. */
final class PromptKernel {
    private final PairSimilarities pairs;
    private final int first;
    private final int second;
    private final int offset;
    private final double all;

    /** Compares the samples of both arms, which stand at {@code offset} in the arrangements. */
    PromptKernel(int[][] first, int[][] second, int offset, Similarity similarity) {
        int[][] pooled = Arrays.copyOf(first, first.length + second.length);
        for (int i = 0; i < second.length; i++) {
            pooled[first.length + i] = second[i];
        }
        this.pairs = new PairSimilarities(pooled, similarity);
        this.first = first.length;
        this.second = second.length;
        this.offset = offset;
        double sum = 0;
        for (int i = 0; i < pooled.length; i++) {
            sum += pairs.sum(i);
        }
        this.all = sum;
    }

    int first() {
        return first;
    }

    int second() {
        return second;
    }

    /** Returns the means of an arrangement; both arms have at least two samples. */
    PairMeans means(int[] order) {
        double within = 0;
        double sums = 0;
        for (int place = offset; place < offset + first; place++) {
            int sample = order[place] - offset;
            sums += pairs.sum(sample);
            for (int before = offset; before < place; before++) {
                within += 2 * pairs.of(sample, order[before] - offset);
            }
        }
        double across = sums - within;
        double others = all - within - 2 * across;
        return new PairMeans(
                within / ((double) first * (first - 1)),
                others / ((double) second * (second - 1)),
                across / ((double) first * second));
    }

    /** Mean similarities of two different samples: both of the first arm, both of the second, one of each. */
    record PairMeans(double first, double second, double across) {}
}
