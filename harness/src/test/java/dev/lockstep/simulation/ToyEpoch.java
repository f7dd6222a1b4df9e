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

    /** Standard deviations: two normal variables lie as far apart with probability 2e-17. */
    private static final double REACH = 12;

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
            tokens[i] = likeliest(shared(row(prompt, tokens, i)), choices[i]);
        }
        return tokens;
    }

    /** Returns the log-probability of each token that the model is made to follow. */
    double[] logprobs(int prompt, int[] tokens) {
        double[] logprobs = new double[tokens.length];
        for (int i = 0; i < tokens.length; i++) {
            logprobs[i] = logprob(row(prompt, tokens, i), tokens[i]);
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

    private double logprob(int row, int token) {
        RowWeights weights = noise.lean() == 0 ? model.weights(row) : RowWeights.of(shared(row));
        double logit = model.logits(row)[token] + noise.shared(token);
        return noise.deviation() == 0
                ? weights.logprob(logit, 0, 0, 0)
                : weights.logprob(logit, noise.deviation(), random.nextGaussian(), random.nextGaussian());
    }

    /** Returns the logits with what the epoch adds to every call's. */
    private double[] shared(int row) {
        double[] logits = model.logits(row).clone();
        for (int token = 0; token < logits.length; token++) {
            logits[token] += noise.shared(token);
        }
        return logits;
    }

    private double[] logits(int row) {
        double[] logits = shared(row);
        for (int token = 0; token < logits.length; token++) {
            logits[token] += noise.ofCall(random);
        }
        return logits;
    }

    private static int row(int prompt, int[] tokens, int position) {
        int last = position > 0 ? tokens[position - 1] : 0;
        int beforeLast = position > 1 ? tokens[position - 2] : 0;
        return ToyModel.row(prompt, last, beforeLast);
    }

    /** Noise is drawn for those tokens alone that it may lift to the top: farther behind the chance is below 1e-16. */
    private int likeliest(double[] logits, double[] choices) {
        double least = highest(logits, choices) - REACH * noise.deviation();
        int best = -1;
        double highest = Double.NEGATIVE_INFINITY;
        for (int token = 0; token < logits.length; token++) {
            double chosen = logits[token] + choices[token];
            double value = chosen >= least ? chosen + noise.ofCall(random) : Double.NEGATIVE_INFINITY;
            if (value > highest) {
                best = token;
                highest = value;
            }
        }
        return best;
    }

    private static double highest(double[] logits, double[] choices) {
        double highest = Double.NEGATIVE_INFINITY;
        for (int token = 0; token < logits.length; token++) {
            highest = Math.max(highest, logits[token] + choices[token]);
        }
        return highest;
    }

    private static double[] normalised(double[] logits) {
        RowWeights weights = RowWeights.of(logits);
        double normaliser = weights.largest() + Math.log(weights.sum());
        return Arrays.stream(logits).map(logit -> logit - normaliser).toArray();
    }
}
