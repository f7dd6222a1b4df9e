package dev.lockstep.simulation;

import dev.lockstep.stats.Proportion;
import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleFunction;
import java.util.stream.Stream;

/** How often layers that were calibrated on whole runs alarm without a change, under an epoch effect. */
final class RunLevelTable implements Simulation {
    private static final int BASELINES = 200;
    private static final int NIGHTS_EACH = 10;
    private static final double ALPHA = 0.05;
    private static final double[] EFFECTS = {1, 1.5, 3};
    private static final double STRONG = 3;
    private static final int[] RUNS = {7, 10};

    /** A layer by name and epoch effect φ. */
    private record Layer(String name, DoubleFunction<RunLevel<?>> ofPhi) {}

    private static final List<Layer> LAYERS = List.of(
            new Layer("L1: other answers, 20 × 50 tokens", RunLevels::fingerprint),
            new Layer("L2: mean abs. Δ log-probability, 20 × 50 tokens", RunLevels::logprobs),
            new Layer("L3: all statistics, 8 × 5 answers", RunLevels::samples),
            new Layer("L4: mean score, 400 cases", RunLevels::scores));

    @Override
    public Chapter run(Effort effort) {
        List<List<String>> rows = new ArrayList<>();
        List<Figure> figures = new ArrayList<>();
        for (Layer layer : LAYERS) {
            for (double phi : EFFECTS) {
                List<Proportion> rates = rates(effort, layer, phi);
                rows.add(row(layer, phi, rates));
                if (phi == STRONG) {
                    String name = "false alarms of " + layer.name + ", 10 runs, φ = 3";
                    figures.add(Figure.atMost(name, rates.getLast().rate(), 2 * ALPHA));
                }
            }
        }
        Table table =
                new Table("False-alarm rate of the run-level t.", List.of("layer", "φ", "7 runs", "10 runs"), rows);
        return new Chapter("Calibration on whole runs", text(effort), List.of(table), figures);
    }

    private static String text(Effort effort) {
        return "Unchanged nights, α = .05, " + effort.scaled(BASELINES) + " baselines a row with "
                + effort.nights(NIGHTS_EACH)
                + " nights each, with Wilson's 95 % interval. The run is the unit: tonight's figure is held against those of 7 or"
                + " 10 runs, each of an epoch of its own, and each held against the others. L3 is the least p-value of six"
                + " statistics, times six; in the toy only two of them move, so that it stays below its level.";
    }

    private static List<String> row(Layer layer, double phi, List<Proportion> rates) {
        return Stream.concat(
                        Stream.of(layer.name, Numbers.plain(phi)),
                        rates.stream().map(Numbers::rate))
                .toList();
    }

    private static List<Proportion> rates(Effort effort, Layer layer, double phi) {
        RunLevel<?> runs = layer.ofPhi.apply(phi);
        return Power.of(effort
                .replicates(layer.name + phi, BASELINES)
                .map(random -> runs.nights(effort.nights(NIGHTS_EACH), RUNS, random))
                .stream()
                .flatMap(List::stream)
                .map(RunLevelTable::alarms)
                .toList());
    }

    private static boolean[] alarms(double[] p) {
        boolean[] alarms = new boolean[p.length];
        for (int i = 0; i < p.length; i++) {
            alarms[i] = p[i] <= ALPHA;
        }
        return alarms;
    }
}
