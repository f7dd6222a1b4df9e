package dev.lockstep.simulation;

import java.util.Arrays;
import java.util.random.RandomGenerator;

/**
 * Draws independent answers of a toy model at a temperature.
 *
 * <p>It knows the lean of an epoch, but no noise of single calls: that is one more source of independent chance beside the draw
 * itself. A lean of l multiplies the odds of even tokens by exp(2l / T), so each row is worked out once for all epochs.
 */
final class Sampler {
    private static final int HALF = ToyModel.TOKENS / 2;

    private final double temperature;
    /** For each row the cumulative probabilities of the even tokens, then of the odd ones. */
    private final double[][] cumulative;

    Sampler(ToyModel model, double temperature) {
        this.temperature = temperature;
        this.cumulative = new double[ToyModel.rows()][];
        Arrays.setAll(cumulative, row -> cumulative(ToyModel.probabilities(model.logits(row), temperature)));
    }

    /** Draws the lean of one epoch for each prompt, see {@link EpochNoise}. */
    static double[] epoch(int prompts, double spread, RandomGenerator random) {
        double[] leans = new double[prompts];
        Arrays.setAll(leans, prompt -> spread > 0 ? spread * random.nextGaussian() : 0);
        return leans;
    }

    /**
     * Samples an epoch of its own: token ids by prompt, sample and position.
     *
     * @param first the number of the first prompt; the others follow
     * @param spread standard deviation of the lean, which the epoch draws for each prompt
     */
    int[][][] answers(int first, SampleSize size, double spread, RandomGenerator random) {
        return answers(first, size, epoch(size.prompts(), spread, random), random);
    }

    /**
     * Samples one epoch: token ids by prompt, sample and position.
     *
     * @param epoch the lean for each prompt
     */
    int[][][] answers(int first, SampleSize size, double[] epoch, RandomGenerator random) {
        int[][][] answers = new int[size.prompts()][size.samples()][];
        for (int prompt = 0; prompt < answers.length; prompt++) {
            int number = first + prompt;
            double lean = epoch[prompt];
            Arrays.setAll(answers[prompt], sample -> answer(number, size.tokens(), lean, random));
        }
        return answers;
    }

    /** Samples one answer. */
    int[] answer(int prompt, int length, double lean, RandomGenerator random) {
        double odds = Math.exp(2 * lean / temperature);
        int[] tokens = new int[length];
        int last = 0;
        int beforeLast = 0;
        for (int i = 0; i < length; i++) {
            double[] row = cumulative[ToyModel.row(prompt, last, beforeLast)];
            tokens[i] = token(row, leaning(random.nextDouble(), row[HALF - 1], odds));
            beforeLast = last;
            last = tokens[i];
        }
        return tokens;
    }

    /** Returns the uniform number that picks, without a lean, what this one picks with it. */
    private static double leaning(double uniform, double even, double odds) {
        double leaningEven = even * odds / (even * odds + 1 - even);
        return uniform < leaningEven
                ? uniform * even / leaningEven
                : even + (uniform - leaningEven) * (1 - even) / (1 - leaningEven);
    }

    private static int token(double[] cumulative, double uniform) {
        int place = 0;
        while (place < cumulative.length - 1 && cumulative[place] <= uniform) {
            place++;
        }
        return place < HALF ? 2 * place : 2 * (place - HALF) + 1;
    }

    private static double[] cumulative(double[] probabilities) {
        double[] cumulative = new double[ToyModel.TOKENS];
        double sum = 0;
        for (int place = 0; place < cumulative.length; place++) {
            sum += probabilities[place < HALF ? 2 * place : 2 * (place - HALF) + 1];
            cumulative[place] = sum;
        }
        return cumulative;
    }
}
