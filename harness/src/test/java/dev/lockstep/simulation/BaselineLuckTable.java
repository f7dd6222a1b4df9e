package dev.lockstep.simulation;

import dev.lockstep.stats.MeanEstimate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.apache.commons.statistics.distribution.NormalDistribution;

/** How often a test alarms night after night against one and the same baseline, for lucky and unlucky baselines. */
final class BaselineLuckTable implements Simulation {
    private static final int BASELINES = 200;
    private static final int NIGHTS = 5_000;
    private static final int[] SIZES = {1, 5, 10};
    private static final double ALPHA = 0.01;
    private static final double[] PERCENTILES = {.5, .95, .99};
    private static final int CASES = 500;
    private static final double DISCORDANCE = 0.1;
    private static final NormalDistribution NORMAL = NormalDistribution.of(0, 1);

    @Override
    public Chapter run(Effort effort) {
        List<List<String>> rows = new ArrayList<>();
        for (int size : SIZES) {
            rows.add(row(size, rates(effort, size)));
        }
        Table table = new Table(
                "False-alarm rate a night, over baselines. Each cell: simulated / by the normal distribution.",
                List.of("baseline, in nights", "mean", "median", "95th percentile", "99th percentile"),
                rows);
        return new Chapter("A fixed baseline makes false alarms repeat", text(effort), List.of(table), List.of());
    }

    private static double[] rates(Effort effort, int size) {
        return effort
                .replicates("luck " + size, BASELINES)
                .map(random -> rate(size, effort.scaled(NIGHTS), random))
                .stream()
                .mapToDouble(rate -> rate)
                .sorted()
                .toArray();
    }

    private static List<String> row(int size, double[] rates) {
        List<String> row = new ArrayList<>(List.of(size + " ×", Numbers.four(EpochEffect.mean(rates))));
        for (double percentile : PERCENTILES) {
            double simulated = rates[(int) Math.ceil(percentile * rates.length) - 1];
            row.add(Numbers.three(simulated) + " / " + Numbers.three(expected(size, percentile)));
        }
        return row;
    }

    private static String text(Effort effort) {
        return effort.scaled(BASELINES) + " baselines, " + effort.scaled(NIGHTS)
                + " unchanged nights against each; 500 cases of"
                + " discordance .1, t of the change case by case, α = .01. Over all baselines the test keeps its level; against an"
                + " unlucky small one it alarms several times as often, every night anew.";
    }

    private static double rate(int size, int nights, SplittableRandom random) {
        ScoreModel.Suite suite = new ScoreModel(CASES, .7, DISCORDANCE, 1).suite(random);
        int[][] runs = new int[size][];
        Arrays.setAll(runs, run -> suite.run(random));
        int[] baseline = Scores.sum(runs);
        int alarms = 0;
        for (int night = 0; night < nights; night++) {
            double[] changes = Scores.changes(baseline, size, suite.run(random), 1);
            alarms += MeanEstimate.of(changes).test().pValue() <= ALPHA ? 1 : 0;
        }
        return alarms / (double) nights;
    }

    /** Returns the rate against a baseline whose error is at a percentile of all errors, for normal means. */
    private static double expected(int size, double percentile) {
        double error = NORMAL.inverseCumulativeProbability((1 + percentile) / 2) / Math.sqrt(size);
        double reach = NORMAL.inverseSurvivalProbability(ALPHA / 2) * Math.sqrt(1 + 1.0 / size);
        return NORMAL.survivalProbability(reach - error) + NORMAL.survivalProbability(reach + error);
    }
}
