package dev.lockstep.simulation;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/**
 * The epoch effect φ: noise that all calls of one start of a server share.
 *
 * <p>φ is a ratio of variances. A run takes the mean of N values; were they independent, this mean would vary from run to run by
 * Var(value) / N. With an epoch effect it varies φ times as much, since a part of the noise is drawn once an epoch and does not
 * average out. φ = 1 is no effect; survey statistics call φ the design effect, 1 + (N − 1) × intraclass correlation.
 *
 * <p>Which values a run takes the mean of depends on the layer, and so does what is shared: the lean of the logits for answers
 * and log-probabilities with their sign, the level of the noise for distances, which have none, and the chance to pass for scores
 * ({@link ScoreModel}). Each method here returns the standard deviation of what is shared.
 */
final class EpochEffect {
    private static final int PILOT = 4_000;
    private static final double SMALL_LEAN = 0.2;

    private EpochEffect() {}

    /**
     * Returns the lean for logits: the run's mean is that of one token's noise over calls at the same position.
     *
     * <p>Exact: Var(mean) = σ²/calls + lean² = φ·σ²/calls.
     *
     * @param sigma the noise floor σ of a logit
     */
    static double leanOfLogits(double phi, double sigma, int calls) {
        return sigma * Math.sqrt((phi - 1) / calls);
    }

    /**
     * Returns the lean for sampled answers, which an epoch draws for each prompt: the run's mean is the share of even tokens,
     * averaged over the answers to a prompt and then over prompts.
     *
     * <p>To the first order in the lean; the variance between answers to one prompt and the slope come from seeded answers to
     * 4,000 prompts.
     */
    static double leanOfAnswers(double phi, ToyModel model, double temperature, SampleSize size) {
        if (phi == 1) {
            return 0;
        }
        Sampler sampler = new Sampler(model, temperature);
        double between = betweenPairs(shares(sampler, size.tokens(), 0, 1), shares(sampler, size.tokens(), 0, 2));
        double more = mean(shares(sampler, size.tokens(), SMALL_LEAN, 1));
        double less = mean(shares(sampler, size.tokens(), -SMALL_LEAN, 1));
        double slope = (more - less) / (2 * SMALL_LEAN);
        return Math.sqrt((phi - 1) * between / size.samples()) / slope;
    }

    /**
     * Returns the relative standard deviation of an epoch's noise level: the run's mean is that of its distances.
     *
     * <p>Exact for distances that are proportional to the level, whose variance is v: Var(mean) = (1 + v)·Var(d)/N + v·E(d)².
     *
     * @param distances of the N values of one run without an epoch effect
     */
    static double level(double phi, double[] distances) {
        double mean = mean(distances);
        double independent = variance(distances) / distances.length;
        return Math.sqrt((phi - 1) * independent / (independent + mean * mean));
    }

    /** Draws the level of one epoch: lognormal with mean 1. */
    static double drawLevel(double deviation, RandomGenerator random) {
        double logVariance = Math.log1p(deviation * deviation);
        return Math.exp(Math.sqrt(logVariance) * random.nextGaussian() - logVariance / 2);
    }

    /** Returns the share of even tokens in the answer to each of many prompts. */
    private static double[] shares(Sampler sampler, int tokens, double lean, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        double[] shares = new double[PILOT];
        Arrays.setAll(shares, prompt -> shareOfEven(sampler.answer(prompt, tokens, lean, random)));
        return shares;
    }

    private static double betweenPairs(double[] first, double[] second) {
        double[] squares = new double[first.length];
        Arrays.setAll(squares, i -> (first[i] - second[i]) * (first[i] - second[i]) / 2);
        return mean(squares);
    }

    static double shareOfEven(int[] tokens) {
        return Arrays.stream(tokens).filter(token -> token % 2 == 0).count() / (double) tokens.length;
    }

    static double mean(double[] values) {
        return Arrays.stream(values).average().orElseThrow();
    }

    static double variance(double[] values) {
        double mean = mean(values);
        return Arrays.stream(values)
                        .map(value -> (value - mean) * (value - mean))
                        .sum()
                / (values.length - 1);
    }
}
