package dev.lockstep.simulation;

import dev.lockstep.stats.Alternative;
import dev.lockstep.stats.ClusterMeans;
import dev.lockstep.stats.CochranMantelHaenszel;
import dev.lockstep.stats.McNemar;
import dev.lockstep.stats.PairedCounts;
import dev.lockstep.stats.Permutations;
import dev.lockstep.stats.Proportion;
import dev.lockstep.stats.SampleKernel;
import dev.lockstep.stats.SignFlip;
import dev.lockstep.stats.Similarity;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.DoubleFunction;
import java.util.function.ToDoubleFunction;

/** How often exact tests of cases and samples alarm without a change: they keep their level only without an epoch effect. */
final class ExactTestTable implements Simulation {
    private static final int NIGHTS = 4_000;
    private static final int DRAWS = 999;
    private static final double ALPHA = 0.05;
    private static final double STRONG = 3;
    private static final int CASES = 400;
    private static final int CLUSTER = 10;
    private static final int TRIES = 4;
    private static final double DISCORDANCE = 0.2;
    private static final SampleSize ANSWERS = new SampleSize(8, 10, 20);

    /** By name, for an epoch effect φ, the p-value of one unchanged night. */
    private record Test(String name, DoubleFunction<ToDoubleFunction<SplittableRandom>> ofPhi) {}

    private final List<Test> tests = List.of(
            new Test("exact McNemar, 400 pairs", phi -> random -> paired(phi, random)),
            new Test("exact CMH, 400 cases × 4 tries", phi -> random -> stratified(phi, random)),
            new Test("sign flips of 40 documents' means", phi -> random -> clustered(phi, random)),
            new Test("stratified MMD, " + ANSWERS + " answers", ExactTestTable::sampled));

    @Override
    public Chapter run(Effort effort) {
        List<List<String>> rows = new ArrayList<>();
        List<Figure> figures = new ArrayList<>();
        for (Test test : tests) {
            Proportion without = rate(effort, test, 1);
            Proportion with = rate(effort, test, STRONG);
            rows.add(List.of(test.name, Numbers.rate(without), Numbers.rate(with)));
            double allowed = ALPHA + 2 * Numbers.standardError(ALPHA, without.trials());
            figures.add(Figure.atMost("false alarms of " + test.name + ", φ = 1", without.rate(), allowed));
            figures.add(Figure.atLeast("false alarms of " + test.name + ", φ = 3", with.rate(), allowed));
        }
        Table table = new Table("False-alarm rate of exact tests.", List.of("test", "φ = 1", "φ = 3"), rows);
        return new Chapter("Exact tests and the epoch effect", text(effort), List.of(table), figures);
    }

    private static String text(Effort effort) {
        return "Unchanged nights, α = .05, " + effort.scaled(NIGHTS)
                + " a cell, with Wilson's 95 % interval. φ is how many times"
                + " more the mean of a run varies from epoch to epoch than independent cases or samples would make it. At φ = 3"
                + " these tests fail, as they must, and therefore do not decide on a layer that was calibrated as noisy.";
    }

    private static Proportion rate(Effort effort, Test test, double phi) {
        ToDoubleFunction<SplittableRandom> night = test.ofPhi.apply(phi);
        return effort.replicates(test.name + phi, NIGHTS).share(random -> night.applyAsDouble(random) <= ALPHA);
    }

    private static ScoreModel.Suite suite(double phi, SplittableRandom random) {
        return new ScoreModel(CASES, .7, DISCORDANCE, phi).suite(random);
    }

    private static double paired(double phi, SplittableRandom random) {
        ScoreModel.Suite suite = suite(phi, random);
        PairedCounts pairs = Scores.paired(suite.run(random), suite.run(random));
        return McNemar.exact(pairs.losses(), pairs.gains()).pValue();
    }

    private static double stratified(double phi, SplittableRandom random) {
        ScoreModel.Suite suite = suite(phi, random);
        int[] tries = Scores.each(CASES, TRIES);
        return CochranMantelHaenszel.exact(suite.run(TRIES, 0, random), tries, suite.run(TRIES, 0, random), tries)
                .pValue();
    }

    private static double clustered(double phi, SplittableRandom random) {
        ScoreModel.Suite suite = suite(phi, random);
        double[] changes = Scores.changes(suite.run(random), 1, suite.run(random), 1);
        int[] documents = new int[CASES];
        Arrays.setAll(documents, i -> i / CLUSTER);
        double[] means = ClusterMeans.of(changes, documents);
        return SignFlip.test(means, Alternative.TWO_SIDED, new Permutations(random.nextLong(), DRAWS))
                .test()
                .pValue();
    }

    private static ToDoubleFunction<SplittableRandom> sampled(double phi) {
        Sampler sampler = new Sampler(Toy.MODEL, 1);
        double spread = EpochEffect.leanOfAnswers(phi, Toy.MODEL, 1, ANSWERS);
        return random -> {
            int first = random.nextInt(1 << 24);
            int[][][] baseline = sampler.answers(first, ANSWERS, spread, random);
            int[][][] tonight = sampler.answers(first, ANSWERS, spread, random);
            SampleKernel kernel = SampleKernel.of(baseline, tonight, Similarity.hamming());
            return new Permutations(random.nextLong(), DRAWS)
                    .test(kernel.discrepancyWithSelfPairs())
                    .test()
                    .pValue();
        };
    }
}
