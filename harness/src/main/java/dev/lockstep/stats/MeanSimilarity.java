package dev.lockstep.stats;

import java.util.Arrays;

/**
 * How alike the answers of one run are, the opposite of their diversity: a figure of the run itself, for {@link RunMeanT}.
 *
 * <p>The difference between two runs is what {@link SampleKernel#diversity} tests by permutation.
 *
 * <p>Source: the term of one sample in the MMD of A. Gretton et al., Journal of Machine Learning Research 13 (2012), under the Hamming
 * kernel of I. Gao et al., arXiv 2410.20247 (2024).
 */
public final class MeanSimilarity {

    private MeanSimilarity() {}

    /**
     * Returns the mean normalised similarity of two different answers to one prompt, averaged over prompts with equal weight.
     *
     * @param answers token ids by prompt, sample and position; a prompt with fewer than two samples is left out
     * @return in [0, 1]; 0 when every prompt is left out
     */
    public static double of(int[][][] answers, Similarity similarity) {
        return Arrays.stream(answers)
                .filter(samples -> samples.length > 1)
                .mapToDouble(samples -> mean(new PairSimilarities(samples, similarity), samples.length))
                .average()
                .orElse(0);
    }

    private static double mean(PairSimilarities pairs, int samples) {
        double sum = 0;
        for (int i = 0; i < samples; i++) {
            sum += pairs.sum(i);
        }
        return sum / ((double) samples * (samples - 1));
    }
}
