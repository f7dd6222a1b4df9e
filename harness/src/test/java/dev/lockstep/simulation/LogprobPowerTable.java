package dev.lockstep.simulation;

import dev.lockstep.stats.Proportion;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** What teacher-forced log-probabilities find, by size of the change, noise floor and number of tokens. */
final class LogprobPowerTable implements Simulation {
    private static final int BASELINES = 400;
    private static final int UNCHANGED_NIGHTS = 5;
    private static final int CHANGED_BASELINES = 200;
    private static final int CALIBRATION = 10;
    private static final double ALPHA = 0.01;
    private static final SampleSize SIZE = new SampleSize(100, 1, 50);
    private static final List<Integer> TOKENS = List.of(10, 25, 50, 100, 250, 500, 1_500, 5_000);
    private static final List<Integer> SHOWN = List.of(500, 1_500, 5_000);
    private static final double[] FLOORS = {0, .01, .05};
    private static final SizedTest<double[]> TEST = new SizedTest<>(RunLevels::logprobs, Arrays::copyOf, ALPHA);

    /** The change that must be found with all tokens at every floor, and how often. */
    private static final double PLANNED = 1.2e-3;

    private static final double TARGET = 0.95;
    private static final double LARGE = 3e-2;
    private static final double TARGET_OF_LARGE = 0.99;
    private static final int TOKENS_FOR_LARGE = 1_500;

    @Override
    public Chapter run(Effort effort) {
        List<SizedPower> floors =
                DoubleStream.of(FLOORS).mapToObj(sigma -> power(effort, sigma)).toList();
        List<Table> tables = List.of(table(floors), SizedPower.tokensToDetection(floors, ALPHA));
        List<Figure> figures =
                floors.stream().flatMap(power -> figures(power).stream()).toList();
        return new Chapter("What L2 finds", text(effort), tables, figures);
    }

    private static String text(Effort effort) {
        return "A run follows the baseline's tokens, sampled at temperature 1; its mean |Δ log-probability| to 10 calibration runs"
                + " is judged by the run-level t, α = .01; "
                + effort.scaled(BASELINES) + " baselines a floor with " + effort.nights(UNCHANGED_NIGHTS)
                + " unchanged nights each, and "
                + effort.scaled(CHANGED_BASELINES)
                + " with one night after each change. Without noise (σ = 0) every change shows, and nothing else.";
    }

    private static Table table(List<SizedPower> floors) {
        List<List<String>> rows = new ArrayList<>();
        for (SizedPower power : floors) {
            for (int tokens : SHOWN) {
                rows.add(Stream.concat(
                                Stream.of(Numbers.plain(power.floor()), "" + tokens), power.cells(tokens).stream())
                        .toList());
            }
        }
        return new Table(
                "Share of nights on which L2 alarms, by mean divergence of the change in nats a token; of unchanged nights with"
                        + " Wilson's 95 % interval.",
                SizedPower.columns("noise floor σ", "tokens", "unchanged"), rows);
    }

    private static SizedPower power(Effort effort, double sigma) {
        LogprobLayer layer = new LogprobLayer(Toy.MODEL, sigma, SIZE, 1);
        int nights = effort.nights(UNCHANGED_NIGHTS);
        List<boolean[]> unchanged =
                effort
                        .replicates("L2 nulls " + sigma, BASELINES)
                        .map(random -> unchanged(nights, layer, random))
                        .stream()
                        .flatMap(List::stream)
                        .toList();
        List<boolean[]> changed =
                effort.replicates("L2 power " + sigma, CHANGED_BASELINES).map(random -> changed(layer, random));
        return new SizedPower(sigma, TOKENS, Power.of(unchanged), Power.of(changed));
    }

    private static List<boolean[]> unchanged(int nights, LogprobLayer layer, SplittableRandom random) {
        Forced script = layer.script(random);
        List<double[]> runs = SizedTest.draw(CALIBRATION + nights, () -> layer.run(Toy.MODEL, script, random));
        return TEST.unchanged(TOKENS, runs.subList(0, CALIBRATION), runs.subList(CALIBRATION, runs.size()));
    }

    private static boolean[] changed(LogprobLayer layer, SplittableRandom random) {
        Forced script = layer.script(random);
        List<double[]> calibration = SizedTest.draw(CALIBRATION, () -> layer.run(Toy.MODEL, script, random));
        List<double[]> nights = Toy.ROUNDED.stream()
                .map(change -> layer.run(change.any(random), script, random))
                .toList();
        return TEST.alarms(TOKENS, calibration, nights);
    }

    private static List<Figure> figures(SizedPower power) {
        List<Proportion> found = power.changed(SIZE.tokens() * SIZE.prompts());
        Stream<Figure> planned = IntStream.range(0, found.size())
                .filter(i -> Toy.ROUNDED.get(i).divergence() >= PLANNED)
                .mapToObj(i -> Figure.atLeast(
                        "power of L2, 5,000 tokens, " + where(power, Toy.ROUNDED.get(i)),
                        found.get(i).rate(),
                        TARGET));
        return Stream.concat(planned, large(power)).toList();
    }

    private static Stream<Figure> large(SizedPower power) {
        List<Proportion> found = power.changed(TOKENS_FOR_LARGE);
        return IntStream.range(0, found.size())
                .filter(i -> Toy.ROUNDED.get(i).divergence() >= LARGE)
                .mapToObj(i -> Figure.atLeast(
                        "power of L2, 30 prompts × 50 tokens, " + where(power, Toy.ROUNDED.get(i)),
                        found.get(i).rate(),
                        TARGET_OF_LARGE));
    }

    private static String where(SizedPower power, Changes change) {
        return "σ " + Numbers.plain(power.floor()) + ", KL " + Numbers.plain(change.divergence());
    }
}
