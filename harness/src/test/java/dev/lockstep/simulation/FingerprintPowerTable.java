package dev.lockstep.simulation;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** What a fingerprint of fixed answers finds, by size of the change and noise floor. */
final class FingerprintPowerTable implements Simulation {
    private static final int BASELINES = 400;
    private static final int UNCHANGED_NIGHTS = 5;
    private static final int CHANGED_BASELINES = 200;
    private static final int CALIBRATION = 10;
    private static final int TOKENS = 50;
    private static final List<Integer> PROMPTS = List.of(2, 5, 10, 20, 30, 50, 100);
    private static final int ALL = 100;
    private static final int FEW = 30;
    private static final double ALPHA = 0.01;
    private static final double[] FLOORS = {0, .01, .05};
    private static final double LARGE = 3e-2;
    private static final double TARGET = 0.99;
    private static final SizedTest<int[][]> TEST =
            new SizedTest<>(RunLevels::fingerprints, (run, tokens) -> Arrays.copyOf(run, tokens / TOKENS), ALPHA);

    @Override
    public Chapter run(Effort effort) {
        List<SizedPower> floors =
                DoubleStream.of(FLOORS).mapToObj(sigma -> power(effort, sigma)).toList();
        List<List<String>> rows = floors.stream()
                .flatMap(power -> Stream.of(FEW, ALL).map(prompts -> row(effort, power, prompts)))
                .toList();
        Table table = new Table(
                "Share of nights on which L1 alarms, by mean divergence of the change in nats a token; of unchanged nights with"
                        + " Wilson's 95 % interval.",
                SizedPower.columns("noise floor σ", "answers that repeat", "prompts", "unchanged"), rows);
        return new Chapter(
                "What L1 finds",
                text(effort),
                List.of(table, SizedPower.tokensToDetection(floors, ALPHA)),
                floors.stream().flatMap(FingerprintPowerTable::figures).toList());
    }

    private static List<String> row(Effort effort, SizedPower power, int prompts) {
        double repeated = effort
                .replicates("L1 repeats " + power.floor(), CHANGED_BASELINES)
                .map(random -> repeated(power.floor(), random))
                .stream()
                .mapToDouble(each -> each)
                .average()
                .orElseThrow();
        return Stream.concat(
                        Stream.of(Numbers.plain(power.floor()), Numbers.two(repeated), "" + prompts),
                        power.cells(prompts * TOKENS).stream())
                .toList();
    }

    private static Stream<Figure> figures(SizedPower power) {
        return IntStream.range(0, Toy.ROUNDED.size())
                .filter(i -> Toy.ROUNDED.get(i).divergence() >= LARGE)
                .mapToObj(i -> Figure.atLeast(
                        "power of L1, " + FEW + " prompts, σ " + Numbers.plain(power.floor()) + ", KL "
                                + Numbers.plain(Toy.ROUNDED.get(i).divergence()),
                        power.changed(FEW * TOKENS).get(i).rate(),
                        TARGET));
    }

    private static String text(Effort effort) {
        return "100 or 30 answers of 50 tokens, half greedy and half sampled with fixed seeds; the share that differs from each of 10"
                + " calibration runs is judged by the run-level t, α = .01; "
                + effort.scaled(BASELINES) + " baselines a floor with " + effort.nights(UNCHANGED_NIGHTS)
                + " unchanged nights each, and "
                + effort.scaled(CHANGED_BASELINES)
                + " with one night after each change. On a deterministic stack one answer is enough.";
    }

    private static SizedPower power(Effort effort, double sigma) {
        int nights = effort.nights(UNCHANGED_NIGHTS);
        List<boolean[]> unchanged =
                effort
                        .replicates("L1 nulls " + sigma, BASELINES)
                        .map(random -> unchanged(nights, sigma, random))
                        .stream()
                        .flatMap(List::stream)
                        .toList();
        List<boolean[]> changed =
                effort.replicates("L1 power " + sigma, CHANGED_BASELINES).map(random -> changed(sigma, random));
        return new SizedPower(sigma, sizes(), Power.of(unchanged), Power.of(changed));
    }

    private static List<Integer> sizes() {
        return PROMPTS.stream().map(prompts -> prompts * TOKENS).toList();
    }

    private static FingerprintLayer layer(double sigma, SplittableRandom random) {
        return new FingerprintLayer(sigma, ALL, TOKENS, random);
    }

    private static double repeated(double sigma, SplittableRandom random) {
        FingerprintLayer layer = layer(sigma, random);
        return 1 - FingerprintLayer.mismatches(layer.run(Toy.MODEL, random), layer.run(Toy.MODEL, random));
    }

    private static List<boolean[]> unchanged(int nights, double sigma, SplittableRandom random) {
        FingerprintLayer layer = layer(sigma, random);
        List<int[][]> runs = SizedTest.draw(CALIBRATION + nights, () -> layer.run(Toy.MODEL, random));
        return TEST.unchanged(sizes(), runs.subList(0, CALIBRATION), runs.subList(CALIBRATION, runs.size()));
    }

    private static boolean[] changed(double sigma, SplittableRandom random) {
        FingerprintLayer layer = layer(sigma, random);
        List<int[][]> calibration = SizedTest.draw(CALIBRATION, () -> layer.run(Toy.MODEL, random));
        List<int[][]> nights = Toy.ROUNDED.stream()
                .map(change -> layer.run(change.any(random), random))
                .toList();
        return TEST.alarms(sizes(), calibration, nights);
    }
}
