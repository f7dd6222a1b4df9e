package dev.lockstep.simulation;

import dev.lockstep.stats.ModelEqualityTesting;
import dev.lockstep.stats.Permutations;
import dev.lockstep.stats.Similarity;
import java.util.Arrays;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A peer: Model Equality Testing (MET), Hamming kernel, labels permuted across all prompts; its default level is .05.
 *
 * <p>Source: Gao, Liang and Guestrin, ICLR 2025 (arXiv 2410.20247), and the program published with it, as {@link
 * ModelEqualityTesting} has it.
 */
final class ModelEqualityRule {

    private ModelEqualityRule() {}

    /**
     * Compares the sampled answers of two runs.
     *
     * @param baseline tokens by prompt, sample and position, all of one length
     * @param tonight of the same prompts
     */
    static boolean alarms(int[][][] baseline, int[][][] tonight, Permutations permutations, double alpha) {
        return ModelEqualityTesting.of(rows(baseline), rows(tonight), Similarity.hamming())
                        .pValue(permutations)
                <= alpha;
    }

    private static int[][] rows(int[][][] answers) {
        return IntStream.range(0, answers.length)
                .boxed()
                .flatMap(prompt -> Arrays.stream(answers[prompt]).map(tokens -> row(prompt, tokens)))
                .toArray(int[][]::new);
    }

    private static int[] row(int prompt, int[] tokens) {
        return Stream.of(new int[] {prompt}, tokens)
                .flatMapToInt(Arrays::stream)
                .toArray();
    }
}
