package dev.lockstep.simulation;

import dev.lockstep.stats.TopLogprobs;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/**
 * One start of a server that serves a toy model, asked call by call.
 *
 * <p>Log-probabilities are those of the raw distribution, as servers report them: temperature is no part of them.
 */
final class ToyEpoch {
    private static final int LISTED = 20;

    private final ToyModel model;
    private final EpochNoise noise;
    private final RandomGenerator random;

    ToyEpoch(ToyModel model, EpochNoise noise, RandomGenerator random) {
        this.model = model;
        this.noise = noise;
        this.random = random;
    }

    /**
     * Returns an answer with fixed randomness: the same choices give the same answer as long as logits are the same.
     *
     * @param choices what is added to the logits at each position before the likeliest token is taken, see {@link Choices}
     */
    int[] answer(int prompt, double[][] choices) {
        int[] tokens = new int[choices.length];
        for (int i = 0; i < tokens.length; i++) {
            tokens[i] = likeliest(logits(row(prompt, tokens, i)), choices[i]);
        }
        return tokens;
    }

    /** Returns the log-probability of each token that the model is made to follow. */
    double[] logprobs(int prompt, int[] tokens) {
        double[] logprobs = new double[tokens.length];
        for (int i = 0; i < tokens.length; i++) {
            double[] logits = logits(row(prompt, tokens, i));
            logprobs[i] = logits[tokens[i]] - normaliser(logits);
        }
        return logprobs;
    }

    /** Returns the 20 likeliest tokens at each position of the tokens that the model is made to follow. */
    List<TopLogprobs> top(int prompt, int[] tokens) {
        int[] all = IntStream.range(0, ToyModel.TOKENS).toArray();
        return IntStream.range(0, tokens.length)
                .mapToObj(i -> logits(row(prompt, tokens, i)))
                .map(logits -> TopLogprobs.of(all, normalised(logits), LISTED))
                .toList();
    }

    private double[] logits(int row) {
        double[] logits = model.logits(row).clone();
        for (int token = 0; token < logits.length; token++) {
            logits[token] += noise.shared(token) + noise.ofCall(random);
        }
        return logits;
    }

    private static int row(int prompt, int[] tokens, int position) {
        int last = position > 0 ? tokens[position - 1] : 0;
        int beforeLast = position > 1 ? tokens[position - 2] : 0;
        return ToyModel.row(prompt, last, beforeLast);
    }

    private static int likeliest(double[] logits, double[] choices) {
        int best = 0;
        for (int token = 1; token < logits.length; token++) {
            if (logits[token] + choices[token] > logits[best] + choices[best]) {
                best = token;
            }
        }
        return best;
    }

    private static double[] normalised(double[] logits) {
        double normaliser = normaliser(logits);
        return Arrays.stream(logits).map(logit -> logit - normaliser).toArray();
    }

    private static double normaliser(double[] logits) {
        double largest = logits[0];
        for (double logit : logits) {
            largest = Math.max(largest, logit);
        }
        double sum = 0;
        for (double logit : logits) {
            sum += Math.exp(logit - largest);
        }
        return largest + Math.log(sum);
    }
}
