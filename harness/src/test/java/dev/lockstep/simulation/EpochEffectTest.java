package dev.lockstep.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** φ is a ratio of variances of run means, measured here over 2,000 epochs each: its standard error is 4.5 %. */
class EpochEffectTest {
    private static final int EPOCHS = 2_000;
    private static final double TOLERANCE = .14;
    private static final ToyModel MODEL = ToyModel.seeded(3);

    @ParameterizedTest
    @ValueSource(doubles = {1.5, 3})
    void of_answers_inflates_the_variance_of_a_runs_mean(double phi) {
        SampleSize size = new SampleSize(8, 10, 20);
        Sampler sampler = new Sampler(MODEL, 1);
        double spread = EpochEffect.leanOfAnswers(phi, MODEL, 1, size);

        double with = variance(random -> betweenEpochs(sampler, size, spread, random));
        double without = variance(random -> betweenEpochs(sampler, size, 0, random));

        assertThat(with / without / phi).isCloseTo(1, within(TOLERANCE));
    }

    @ParameterizedTest
    @ValueSource(doubles = {1.5, 3})
    void of_scores_inflates_the_variance_of_a_runs_mean(double phi) {
        ScoreModel noisy = new ScoreModel(400, .7, .1, phi);
        ScoreModel quiet = new ScoreModel(400, .7, .1, 1);
        // The same seed draws the same suite.
        ScoreModel.Suite with = noisy.suite(new SplittableRandom(1));
        ScoreModel.Suite without = quiet.suite(new SplittableRandom(1));

        double ratio = variance(random -> Scores.mean(with.run(3, 0, random), 3))
                / variance(random -> Scores.mean(without.run(3, 0, random), 3));

        assertThat(ratio / phi).isCloseTo(1, within(TOLERANCE));
    }

    /** 60 stacks with 40 epochs each; the share of a stack's own prompts varies less than that of any prompts would. */
    @ParameterizedTest
    @ValueSource(doubles = {1.5, 3})
    void of_fingerprints_inflates_the_variance_of_a_runs_share(double phi) {
        double level = FingerprintLayer.level(phi, .05, new SampleSize(20, 1, 50));
        SplittableRandom random = new SplittableRandom(5);
        double with = 0;
        double without = 0;
        for (int stack = 0; stack < 60; stack++) {
            FingerprintLayer layer = new FingerprintLayer(.05, 20, 50, random);
            with += varianceOfShares(layer, level, random);
            without += varianceOfShares(layer, 0, random);
        }

        assertThat(with / without / phi).isCloseTo(1, within(TOLERANCE));
    }

    private static double varianceOfShares(FingerprintLayer layer, double level, SplittableRandom random) {
        int[][] exact = layer.run(Toy.MODEL, 0, random);
        double[] shares = new double[40];
        Arrays.setAll(
                shares,
                epoch -> FingerprintLayer.mismatches(
                        exact, layer.run(Toy.MODEL, EpochEffect.drawLevel(level, random), random)));
        return EpochEffect.variance(shares);
    }

    @ParameterizedTest
    @ValueSource(doubles = {1.5, 3})
    void of_a_level_inflates_the_variance_of_a_mean_distance(double phi) {
        SplittableRandom pilot = new SplittableRandom(1);
        double[] distances = new double[200];
        Arrays.setAll(distances, i -> Math.abs(pilot.nextGaussian()));
        double spread = EpochEffect.level(phi, distances);

        double ratio = variance(random -> meanDistance(spread, random)) / variance(random -> meanDistance(0, random));

        assertThat(ratio / phi).isCloseTo(1, within(2 * TOLERANCE)); // the pilot's own error comes on top
    }

    @ParameterizedTest
    @ValueSource(doubles = {1.5, 3})
    void of_logits_inflates_the_variance_of_the_mean_over_calls(double phi) {
        double lean = EpochEffect.leanOfLogits(phi, .05, 10);

        double ratio = variance(random -> meanNoise(lean, random)) / variance(random -> meanNoise(0, random));

        assertThat(ratio / phi).isCloseTo(1, within(TOLERANCE));
    }

    @Test
    void is_nothing_at_one() {
        assertThat(EpochEffect.leanOfLogits(1, .05, 10)).isZero();
        assertThat(EpochEffect.leanOfAnswers(1, MODEL, 1, new SampleSize(8, 10, 20)))
                .isZero();
        assertThat(EpochEffect.level(1, new double[] {1, 2})).isZero();
        assertThat(EpochEffect.drawLevel(0, new SplittableRandom(1))).isEqualTo(1);
    }

    /** Asks the same prompts, which are others each time, in two epochs. */
    private static double betweenEpochs(Sampler sampler, SampleSize size, double spread, SplittableRandom random) {
        int first = random.nextInt(1 << 24);
        double one = meanShare(sampler.answers(first, size, spread, random));
        double other = meanShare(sampler.answers(first, size, spread, random));
        return one - other;
    }

    private static double meanShare(int[][][] answers) {
        return Arrays.stream(answers)
                .flatMap(Arrays::stream)
                .mapToDouble(EpochEffect::shareOfEven)
                .average()
                .orElseThrow();
    }

    private static double meanDistance(double spread, SplittableRandom random) {
        double level = EpochEffect.drawLevel(spread, random);
        double sum = 0;
        for (int i = 0; i < 200; i++) {
            sum += level * Math.abs(random.nextGaussian());
        }
        return sum / 200;
    }

    private static double meanNoise(double lean, SplittableRandom random) {
        EpochNoise noise = new EpochNoise(.05, lean * random.nextGaussian());
        double sum = 0;
        for (int call = 0; call < 10; call++) {
            sum += noise.shared(4) + noise.ofCall(random);
        }
        return sum / 10;
    }

    private static double variance(ToDoubleFunction<SplittableRandom> mean) {
        List<Double> means = new Replicates(7, EPOCHS).map(mean::applyAsDouble);
        return EpochEffect.variance(means.stream().mapToDouble(each -> each).toArray());
    }
}
