package dev.lockstep.simulation;

import dev.lockstep.stats.Proportion;
import dev.lockstep.stats.RunLevelT;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;

/** What a fingerprint of fixed answers finds, by size of the change and noise floor. */
final class FingerprintPowerTable implements Simulation {
    private static final int NIGHTS = 300;
    private static final int CALIBRATION = 10;
    private static final int PROMPTS = 100;
    private static final int TOKENS = 50;
    private static final double ALPHA = 0.01;
    private static final double[] FLOORS = {0, .01, .05};
    private static final double LARGE = 3e-2;
    private static final double TARGET = 0.99;

    @Override
    public Chapter run(Effort effort) {
        List<List<String>> rows = new ArrayList<>();
        List<Figure> figures = new ArrayList<>();
        for (double sigma : FLOORS) {
            List<Night> nights = effort.replicates("L1 power " + sigma, NIGHTS).map(random -> night(sigma, random));
            List<Proportion> power =
                    Power.of(nights.stream().map(night -> night.alarms).toList());
            rows.add(row(sigma, nights, power));
            String name = "power of L1, 100 prompts, σ " + Numbers.plain(sigma) + ", KL " + Numbers.plain(LARGE);
            figures.add(Figure.atLeast(name, power.getLast().rate(), TARGET));
        }
        return new Chapter("What L1 finds", text(effort), List.of(table(rows)), figures);
    }

    private static List<String> row(double sigma, List<Night> nights, List<Proportion> power) {
        double repeated =
                nights.stream().mapToDouble(night -> night.repeated).average().orElseThrow();
        return Stream.concat(Stream.of(Numbers.plain(sigma), Numbers.two(repeated)), Power.cells(power).stream())
                .toList();
    }

    private static String text(Effort effort) {
        return "100 answers of 50 tokens, half greedy and half sampled with fixed seeds; the share that is not the baseline's is"
                + " judged by the run-level t over 10 calibration runs, α = .01, " + effort.scaled(NIGHTS)
                + " baselines a floor. On a deterministic stack one answer is enough.";
    }

    private static Table table(List<List<String>> rows) {
        List<String> columns = Stream.concat(
                        Stream.of("noise floor σ", "answers that repeat", "unchanged"),
                        Toy.ROUNDED.stream().map(change -> "KL " + Numbers.plain(change.divergence())))
                .toList();
        return new Table(
                "Share of nights on which L1 alarms, by mean divergence of the change in nats a token.", columns, rows);
    }

    /** Says whether the unchanged model alarms, then the changed ones. */
    private static Night night(double sigma, SplittableRandom random) {
        FingerprintLayer layer = new FingerprintLayer(sigma, PROMPTS, TOKENS, random);
        int[][] baseline = layer.run(Toy.MODEL, random);
        double[] unchanged = new double[CALIBRATION];
        Arrays.setAll(unchanged, run -> FingerprintLayer.mismatches(baseline, layer.run(Toy.MODEL, random)));
        boolean[] alarms = new boolean[Toy.ROUNDED.size() + 1];
        for (int served = 0; served < alarms.length; served++) {
            ToyModel model =
                    served == 0 ? Toy.MODEL : Toy.ROUNDED.get(served - 1).any(random);
            double tonight = FingerprintLayer.mismatches(baseline, layer.run(model, random));
            alarms[served] = RunLevelT.upperTail(unchanged, tonight) <= ALPHA;
        }
        return new Night(1 - EpochEffect.mean(unchanged), alarms);
    }

    /** What one night saw: the share of calibration answers that repeat, and whether each served model alarms. */
    private static final class Night {
        private final double repeated;
        private final boolean[] alarms;

        private Night(double repeated, boolean[] alarms) {
            this.repeated = repeated;
            this.alarms = alarms;
        }
    }
}
