package dev.lockstep.simulation;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/**
 * Detector L1 on the toy model: answers to the same prompts with the same choices, half of them greedy and half sampled at
 * temperature .7 with a fixed seed; what counts is the share that is not the baseline's.
 */
final class FingerprintLayer {
    private static final int PROMPTS = 1 << 24;
    private static final double TEMPERATURE = 0.7;
    private static final int PILOT = 4_000;
    private static final double STEP = 0.3;

    private final double sigma;
    private final int first;
    private final double[][][] choices;

    /**
     * Draws the fingerprint suite.
     *
     * @param sigma the noise floor of a logit
     * @param random decides on prompts and seeds
     */
    FingerprintLayer(double sigma, int prompts, int tokens, RandomGenerator random) {
        this.sigma = sigma;
        this.first = random.nextInt(PROMPTS);
        this.choices = new double[prompts][][];
        Arrays.setAll(
                choices,
                prompt -> prompt % 2 == 0 ? Choices.greedy(tokens) : Choices.sampled(tokens, TEMPERATURE, random));
    }

    /**
     * Returns the relative standard deviation of an epoch's noise level that gives a run's share of answers which are not those of the
     * noiseless model φ times the variance of independent prompts, to the first order.
     */
    static double level(double phi, double sigma, SampleSize size) {
        if (phi == 1) {
            return 0;
        }
        FingerprintLayer layer = new FingerprintLayer(sigma, PILOT, size.tokens(), new SplittableRandom(PILOT));
        SplittableRandom random = new SplittableRandom(PILOT + 1);
        int[][] exact = layer.run(Toy.MODEL, 0, random);
        double less = mismatches(exact, layer.run(Toy.MODEL, 1 - STEP, random));
        double more = mismatches(exact, layer.run(Toy.MODEL, 1 + STEP, random));
        double share = (less + more) / 2;
        double slope = (more - less) / (2 * STEP);
        return Math.sqrt((phi - 1) * share * (1 - share) / size.prompts()) / slope;
    }

    /** Asks a model in an epoch of its own. */
    int[][] run(ToyModel served, RandomGenerator random) {
        return run(served, 1, random);
    }

    /**
     * Asks a model in an epoch.
     *
     * @param level of its noise, in units of the noise floor
     */
    int[][] run(ToyModel served, double level, RandomGenerator random) {
        ToyEpoch epoch = new ToyEpoch(served, new EpochNoise(level * sigma, 0), random);
        return IntStream.range(0, choices.length)
                .mapToObj(prompt -> epoch.answer(first + prompt, choices[prompt]))
                .toArray(int[][]::new);
    }

    /** Returns the share of prompts with another answer. */
    static double mismatches(int[][] baseline, int[][] tonight) {
        long different = IntStream.range(0, baseline.length)
                .filter(prompt -> !Arrays.equals(baseline[prompt], tonight[prompt]))
                .count();
        return different / (double) baseline.length;
    }
}
