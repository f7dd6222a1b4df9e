package dev.lockstep.simulation;

import dev.lockstep.stats.LogprobDistance;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/**
 * Detector L2 on the toy model: every run follows the baseline's tokens, which are sampled at temperature 1.
 *
 * <p>The epoch effect φ is one on the level of the noise: the mean |Δ log-probability| of a run from the noiseless model varies φ
 * times as much as without it.
 */
final class LogprobLayer {
    private static final long PILOT = 7;
    private static final int PROMPTS = 1 << 24;

    private final Sampler sampler;
    private final ToyModel model;
    private final double sigma;
    private final SampleSize size;
    private final double level;

    /**
     * Describes the layer.
     *
     * @param sigma the noise floor of a logit
     * @param size how many prompts and tokens, one answer each
     */
    LogprobLayer(ToyModel model, double sigma, SampleSize size, double phi) {
        this.model = model;
        this.sigma = sigma;
        this.size = size;
        this.sampler = new Sampler(model, 1);
        this.level = phi > 1 ? EpochEffect.level(phi, pilot()) : 0;
    }

    /** Samples the baseline's answers. */
    Forced script(RandomGenerator random) {
        int first = random.nextInt(PROMPTS);
        int[][] answers = Arrays.stream(sampler.answers(first, size, 0, random))
                .map(samples -> samples[0])
                .toArray(int[][]::new);
        return new Forced(first, answers);
    }

    /** Lets a model follow the answers in an epoch of its own. */
    double[] run(ToyModel served, Forced script, RandomGenerator random) {
        double noise = sigma * EpochEffect.drawLevel(level, random);
        return script.logprobs(new ToyEpoch(served, new EpochNoise(noise, 0), random));
    }

    /** Returns calibration runs of the unchanged model. */
    double[][] calibrate(Forced script, int runs, RandomGenerator random) {
        double[][] calibration = new double[runs][];
        Arrays.setAll(calibration, run -> run(model, script, random));
        return calibration;
    }

    private double[] pilot() {
        SplittableRandom random = new SplittableRandom(PILOT);
        Forced script = script(random);
        double[] exact = script.logprobs(new ToyEpoch(model, EpochNoise.NONE, random));
        double[] noisy = script.logprobs(new ToyEpoch(model, new EpochNoise(sigma, 0), random));
        double[] distances = new double[exact.length];
        Arrays.setAll(distances, i -> LogprobDistance.meanAbsolute(new double[] {exact[i]}, new double[] {noisy[i]}));
        return distances;
    }
}
