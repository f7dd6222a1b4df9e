package dev.lockstep.simulation;

import dev.lockstep.gate.Shipped;
import dev.lockstep.stats.Permutations;
import dev.lockstep.stats.TopLogprobs;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/** Rules on outputs, ours and peers': each tells for a kind of night whether one drawn at random alarms, at α = .05. */
final class OutputRules {
    private static final double ALPHA = 0.05;
    private static final double SIGMA = 0.05;
    private static final int RUNS = 10;
    private static final int PROMPTS = 1 << 24;

    private static final int QUERIES = 10;
    private static final int DRAWS = 499;
    private static final int DRAWS_OF_MET = 99;

    private static final int BORDER_PROMPTS = 20;
    private static final int REFERENCE = 100;
    private static final int NIGHTS_BEFORE = 20;
    private static final int NIGHTS_AFTER = 10;

    private static final SampleSize ANSWERS = new SampleSize(25, 10, 50);
    private static final SampleSize FORCED = new SampleSize(100, 1, 50);

    private OutputRules() {}

    static OutputRule anyMismatch(OutputNight night) {
        return OutputRule.each(random -> {
            FingerprintLayer layer = new FingerprintLayer(SIGMA, FORCED.prompts(), FORCED.tokens(), random);
            return AnyMismatchRule.alarms(layer.run(Toy.MODEL, random), layer.run(night.any(random), random));
        });
    }

    static OutputRule logprobTracking(OutputNight night) {
        double spread = EpochEffect.leanOfLogits(night.phi(), SIGMA, QUERIES);
        return OutputRule.each(random -> {
            int prompt = random.nextInt(PROMPTS);
            List<TopLogprobs> baseline = queries(Toy.MODEL, prompt, spread, random);
            List<TopLogprobs> tonight = queries(night.any(random), prompt, spread, random);
            return LogprobTrackingRule.alarms(baseline, tonight, new Permutations(random.nextLong(), DRAWS), ALPHA);
        });
    }

    private static List<TopLogprobs> queries(ToyModel served, int prompt, double spread, SplittableRandom random) {
        ToyEpoch epoch = epoch(served, spread, random);
        return IntStream.range(0, QUERIES)
                .mapToObj(query -> epoch.top(prompt, new int[1]).getFirst())
                .toList();
    }

    static OutputRule borderInputs(OutputNight night) {
        double spread = EpochEffect.leanOfLogits(night.phi(), SIGMA, QUERIES);
        return OutputRule.each(random -> {
            int[] prompts = BorderPrompts.any(BORDER_PROMPTS, SIGMA, random);
            int[][] reference = firstTokens(epoch(Toy.MODEL, spread, random), prompts, REFERENCE);
            ToyModel served = night.any(random);
            double[] distances = new double[NIGHTS_BEFORE + NIGHTS_AFTER];
            Arrays.setAll(distances, i -> {
                ToyEpoch epoch = epoch(i < NIGHTS_BEFORE ? Toy.MODEL : served, spread, random);
                return BorderInputRule.distance(reference, firstTokens(epoch, prompts, QUERIES));
            });
            return BorderInputRule.alarms(distances);
        });
    }

    private static int[][] firstTokens(ToyEpoch epoch, int[] prompts, int samples) {
        return Arrays.stream(prompts)
                .mapToObj(prompt -> IntStream.range(0, samples)
                        .map(sample -> epoch.answer(prompt, Choices.greedy(1))[0])
                        .toArray())
                .toArray(int[][]::new);
    }

    private static ToyEpoch epoch(ToyModel served, double spread, SplittableRandom random) {
        return new ToyEpoch(served, new EpochNoise(SIGMA, spread * random.nextGaussian()), random);
    }

    static OutputRule modelEquality(OutputNight night) {
        Answering answering = new Answering(night);
        return OutputRule.each(random -> {
            int first = random.nextInt(PROMPTS);
            int[][][] baseline = answering.baseline(first, random);
            int[][][] tonight = answering.tonight(first, random);
            return ModelEqualityRule.alarms(
                    baseline, tonight, new Permutations(random.nextLong(), DRAWS_OF_MET), ALPHA);
        });
    }

    /** L1 on whole runs: the share of other answers. */
    static OutputRule fingerprint(OutputNight night) {
        double level = FingerprintLayer.level(night.phi(), SIGMA, FORCED);
        return OutputRule.calibrated(random -> {
            FingerprintLayer layer = new FingerprintLayer(SIGMA, FORCED.prompts(), FORCED.tokens(), random);
            ToDoubleFunction<int[][]> test = RunLevels.fingerprints(
                    SizedTest.draw(RUNS, () -> layer.run(Toy.MODEL, EpochEffect.drawLevel(level, random), random)));
            return drawn -> {
                double epoch = EpochEffect.drawLevel(level, drawn);
                return test.applyAsDouble(layer.run(night.any(drawn), epoch, drawn)) <= ALPHA;
            };
        });
    }

    /** L2 on whole runs: the mean |Δ log-probability|. */
    static OutputRule logprobs(OutputNight night) {
        LogprobLayer layer = new LogprobLayer(Toy.MODEL, SIGMA, FORCED, night.phi());
        return OutputRule.calibrated(random -> {
            Forced script = layer.script(random);
            ToDoubleFunction<double[]> test =
                    RunLevels.logprobs(SizedTest.draw(RUNS, () -> layer.run(Toy.MODEL, script, random)));
            return drawn -> test.applyAsDouble(layer.run(night.any(drawn), script, drawn)) <= ALPHA;
        });
    }

    /** L3 on whole runs: all statistics. */
    static OutputRule samples(OutputNight night) {
        Answering answering = new Answering(night);
        return OutputRule.calibrated(random -> {
            int first = random.nextInt(PROMPTS);
            ToDoubleFunction<int[][][]> test = Shipped.samplesByRuns(
                    SizedTest.draw(RUNS, () -> answering.baseline(first, random)), random.nextLong());
            return drawn -> test.applyAsDouble(answering.tonight(first, drawn)) <= ALPHA;
        });
    }

    /** Samples answers before and after. */
    private static final class Answering {
        private final Sampler before = new Sampler(Toy.MODEL, OutputNight.TEMPERATURE);
        private final List<Sampler> after;
        private final double spread;

        Answering(OutputNight night) {
            this.after = night.served().stream()
                    .map(model -> new Sampler(model, night.temperature()))
                    .toList();
            this.spread = EpochEffect.leanOfAnswers(night.phi(), Toy.MODEL, OutputNight.TEMPERATURE, ANSWERS);
        }

        int[][][] baseline(int first, SplittableRandom random) {
            return before.answers(first, ANSWERS, spread, random);
        }

        int[][][] tonight(int first, SplittableRandom random) {
            return after.get(random.nextInt(after.size())).answers(first, ANSWERS, spread, random);
        }
    }
}
