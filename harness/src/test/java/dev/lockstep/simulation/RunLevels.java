package dev.lockstep.simulation;

import dev.lockstep.gate.Shipped;
import dev.lockstep.stats.LogprobDistance;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** The layers that can be calibrated on whole runs, each under an epoch effect φ and by the test that the gate makes of it. */
final class RunLevels {
    static final SampleSize TOKENS = new SampleSize(20, 1, 50);
    static final SampleSize ANSWERS = new SampleSize(8, 5, 20);
    static final int CASES = 400;

    private static final double SIGMA = 0.05;
    private static final double ACCURACY = 0.7;
    private static final double DISCORDANCE = 0.2;
    private static final int PROMPTS = 1 << 24;
    private static final long SEED = 1;

    private RunLevels() {}

    /** Returns L1: the share of answers that are not those of the calibration runs. */
    static RunLevel<int[][]> fingerprint(double phi) {
        double level = FingerprintLayer.level(phi, SIGMA, TOKENS);
        return new RunLevel<>(
                random -> {
                    FingerprintLayer layer = new FingerprintLayer(SIGMA, TOKENS.prompts(), TOKENS.tokens(), random);
                    return epoch -> layer.run(Toy.MODEL, EpochEffect.drawLevel(level, epoch), epoch);
                },
                RunLevels::fingerprints);
    }

    /** Returns L2: the mean |Δ log-probability| to the calibration runs. */
    static RunLevel<double[]> logprobs(double phi) {
        LogprobLayer layer = new LogprobLayer(Toy.MODEL, SIGMA, TOKENS, phi);
        return new RunLevel<>(
                random -> {
                    Forced script = layer.script(random);
                    return epoch -> layer.run(Toy.MODEL, script, epoch);
                },
                RunLevels::logprobs);
    }

    /** Returns L3: all statistics of sampled answers. */
    static RunLevel<int[][][]> samples(double phi) {
        Sampler sampler = new Sampler(Toy.MODEL, 1);
        double spread = EpochEffect.leanOfAnswers(phi, Toy.MODEL, 1, ANSWERS);
        return new RunLevel<>(
                random -> {
                    int first = random.nextInt(PROMPTS);
                    return epoch -> sampler.answers(first, ANSWERS, spread, epoch);
                },
                runs -> Shipped.samplesByRuns(runs, SEED));
    }

    /** Returns L4: the mean score. */
    static RunLevel<Double> scores(double phi) {
        ScoreModel model = new ScoreModel(CASES, ACCURACY, DISCORDANCE, phi);
        return new RunLevel<>(
                random -> {
                    ScoreModel.Suite suite = model.suite(random);
                    return epoch -> Scores.mean(suite.run(epoch), 1);
                },
                RunLevels::scores);
    }

    /** Half an answer is added to the shares of other answers, as the gate does it. */
    static ToDoubleFunction<int[][]> fingerprints(List<int[][]> runs) {
        double half = .5 / runs.getFirst().length;
        return new RunDistances<>(runs, FingerprintLayer::mismatches, half)::pValue;
    }

    static ToDoubleFunction<double[]> logprobs(List<double[]> runs) {
        return new RunDistances<>(runs, LogprobDistance::meanAbsolute, 0)::pValue;
    }

    private static ToDoubleFunction<Double> scores(List<Double> runs) {
        double[] means = runs.stream().mapToDouble(mean -> mean).toArray();
        return tonight -> ScoreBaseline.change(means, tonight, CASES).test().pValue();
    }
}
