package dev.lockstep.simulation;

import dev.lockstep.stats.MeanSimilarity;
import dev.lockstep.stats.PermutationResult;
import dev.lockstep.stats.Permutations;
import dev.lockstep.stats.RunLevelT;
import dev.lockstep.stats.RunMeanT;
import dev.lockstep.stats.SampleKernel;
import dev.lockstep.stats.Similarity;
import java.util.Arrays;
import java.util.function.DoubleSupplier;
import java.util.random.RandomGenerator;
import java.util.stream.DoubleStream;

/** The layers that can be calibrated on whole runs, each under an epoch effect φ. */
final class RunLevels {
    static final SampleSize TOKENS = new SampleSize(20, 1, 50);
    static final SampleSize ANSWERS = new SampleSize(8, 10, 20);
    static final int CASES = 400;

    private static final double SIGMA = 0.05;
    private static final double ACCURACY = 0.7;
    private static final double DISCORDANCE = 0.2;
    private static final int PROMPTS = 1 << 24;
    private static final int DRAWS = 99;

    private RunLevels() {}

    /** Returns L2: the mean |Δ log-probability| to the calibration runs. */
    static RunLevel logprobs(double phi) {
        LogprobLayer layer = new LogprobLayer(Toy.MODEL, SIGMA, TOKENS, phi);
        return (runs, random) -> {
            Forced script = layer.script(random);
            double[][] calibration = layer.calibrate(script, runs, random);
            double[] tonight = layer.run(Toy.MODEL, script, random);
            return count -> new RunDistances(Arrays.copyOf(calibration, count), tonight.length).pValue(tonight);
        };
    }

    /** Returns L3's discrepancy from a first run, as a ratio to its mean under permutations. */
    static RunLevel discrepancy(double phi) {
        Sampler sampler = new Sampler(Toy.MODEL, 1);
        double spread = EpochEffect.leanOfAnswers(phi, Toy.MODEL, 1, ANSWERS);
        return (runs, random) -> {
            int first = random.nextInt(PROMPTS);
            int[][][] reference = sampler.answers(first, ANSWERS, spread, random);
            double[] ratios =
                    draw(runs + 1, () -> ratio(reference, sampler.answers(first, ANSWERS, spread, random), random));
            return count -> RunLevelT.upperTail(Arrays.copyOf(ratios, count), ratios[runs]);
        };
    }

    /** Returns L3's diversity: how alike the answers of a run are. */
    static RunLevel similarity(double phi) {
        Sampler sampler = new Sampler(Toy.MODEL, 1);
        double spread = EpochEffect.leanOfAnswers(phi, Toy.MODEL, 1, ANSWERS);
        return (runs, random) -> {
            int first = random.nextInt(PROMPTS);
            return means(runs, () -> similarity(sampler.answers(first, ANSWERS, spread, random)));
        };
    }

    /** Returns L4: the pass rate of a run. */
    static RunLevel scores(double phi) {
        ScoreModel model = new ScoreModel(CASES, ACCURACY, DISCORDANCE, phi);
        return (runs, random) -> {
            ScoreModel.Suite suite = model.suite(random);
            return means(runs, () -> Scores.mean(suite.run(random), 1));
        };
    }

    static double similarity(int[][][] answers) {
        return MeanSimilarity.of(answers, Similarity.hamming());
    }

    /** Returns the discrepancy, with self pairs, over its mean under permutations. */
    static double ratio(int[][][] reference, int[][][] tonight, RandomGenerator random) {
        SampleKernel kernel = SampleKernel.of(reference, tonight, Similarity.hamming());
        PermutationResult result = new Permutations(random.nextLong(), DRAWS).test(kernel.discrepancyWithSelfPairs());
        return result.test().statistic() / result.expected();
    }

    private static RunLevel.Night means(int runs, DoubleSupplier figure) {
        double[] figures = draw(runs + 1, figure);
        return count ->
                RunMeanT.test(Arrays.copyOf(figures, count), figures[runs]).pValue();
    }

    private static double[] draw(int count, DoubleSupplier figure) {
        return DoubleStream.generate(figure).limit(count).toArray();
    }
}
