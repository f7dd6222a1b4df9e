package dev.lockstep.simulation;

import dev.lockstep.stats.Proportion;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** What teacher-forced log-probabilities find, by size of the change, noise floor and number of tokens. */
final class LogprobPowerTable implements Simulation {
    private static final int NIGHTS = 400;
    private static final int CALIBRATION = 10;
    private static final double ALPHA = 0.01;
    private static final SampleSize SIZE = new SampleSize(100, 1, 50);
    private static final int[] TOKENS = {500, 1_500, 5_000};
    private static final double[] FLOORS = {0, .01, .05};

    /** The change that must be found with all tokens at every floor, and how often. */
    private static final double PLANNED = 1.2e-3;

    private static final double TARGET = 0.95;
    private static final double LARGE = 3e-2;
    private static final double TARGET_OF_LARGE = 0.99;

    @Override
    public Chapter run(Effort effort) {
        List<List<String>> rows = new ArrayList<>();
        List<Figure> figures = new ArrayList<>();
        for (double sigma : FLOORS) {
            List<Proportion> power = power(effort, sigma);
            int columns = power.size() / TOKENS.length;
            for (int i = 0; i < TOKENS.length; i++) {
                List<Proportion> row = power.subList(i * columns, (i + 1) * columns);
                rows.add(row(sigma, TOKENS[i], row));
            }
            figures.addAll(figures(sigma, power.subList(power.size() - columns + 1, power.size())));
        }
        return new Chapter("What L2 finds", text(effort), List.of(table(rows)), figures);
    }

    private static String text(Effort effort) {
        return "A run follows the baseline's tokens, sampled at temperature 1; its mean |Δ log-probability| to 10 calibration runs"
                + " is judged by the run-level t, α = .01, " + effort.scaled(NIGHTS)
                + " baselines a floor. Without noise (σ = 0)"
                + " every change shows, and nothing else.";
    }

    private static Table table(List<List<String>> rows) {
        List<String> columns = Stream.concat(
                        Stream.of("noise floor σ", "tokens", "unchanged"),
                        Toy.ROUNDED.stream().map(change -> "KL " + Numbers.plain(change.divergence())))
                .toList();
        return new Table(
                "Share of nights on which L2 alarms, by mean divergence of the change in nats a token.", columns, rows);
    }

    private static List<Proportion> power(Effort effort, double sigma) {
        LogprobLayer layer = new LogprobLayer(Toy.MODEL, sigma, SIZE, 1);
        return Power.of(effort.replicates("L2 power " + sigma, NIGHTS).map(random -> night(layer, random)));
    }

    /** Says for each number of tokens whether the unchanged model alarms, then the changed ones. */
    private static boolean[] night(LogprobLayer layer, SplittableRandom random) {
        Forced script = layer.script(random);
        double[][] calibration = layer.calibrate(script, CALIBRATION, random);
        List<double[]> nights = Stream.concat(
                        Stream.of(Toy.MODEL), Toy.ROUNDED.stream().map(change -> change.any(random)))
                .map(served -> layer.run(served, script, random))
                .toList();
        boolean[] alarms = new boolean[TOKENS.length * nights.size()];
        for (int i = 0; i < TOKENS.length; i++) {
            RunDistances baseline = new RunDistances(calibration, TOKENS[i]);
            for (int served = 0; served < nights.size(); served++) {
                alarms[i * nights.size() + served] = baseline.pValue(nights.get(served)) <= ALPHA;
            }
        }
        return alarms;
    }

    private static List<String> row(double sigma, int tokens, List<Proportion> power) {
        return Stream.concat(Stream.of(Numbers.plain(sigma), "" + tokens), Power.cells(power).stream())
                .toList();
    }

    private static List<Figure> figures(double sigma, List<Proportion> ofChanges) {
        return IntStream.range(0, ofChanges.size())
                .filter(i -> Toy.ROUNDED.get(i).divergence() >= PLANNED)
                .mapToObj(i -> figure(sigma, Toy.ROUNDED.get(i).divergence(), ofChanges.get(i)))
                .toList();
    }

    private static Figure figure(double sigma, double divergence, Proportion power) {
        String name = "power of L2, 5,000 tokens, σ " + Numbers.plain(sigma) + ", KL " + Numbers.plain(divergence);
        return Figure.atLeast(name, power.rate(), divergence >= LARGE ? TARGET_OF_LARGE : TARGET);
    }
}
