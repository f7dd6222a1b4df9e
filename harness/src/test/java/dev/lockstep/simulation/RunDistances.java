package dev.lockstep.simulation;

import dev.lockstep.stats.RunLevelT;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleBiFunction;
import java.util.stream.IntStream;

/**
 * Holds a night against calibration runs, as the gate does it: its mean distance to them, beside that of each of them to the others.
 *
 * @param <T> what a run answered
 */
final class RunDistances<T> {
    private final List<T> runs;
    private final ToDoubleBiFunction<T, T> distance;
    private final double added;
    private final double[] unchanged;

    /**
     * Calibrates.
     *
     * @param runs at least three
     * @param distance between two runs
     * @param added to every mean distance, so that 0 has a logarithm
     */
    RunDistances(List<T> runs, ToDoubleBiFunction<T, T> distance, double added) {
        this.runs = List.copyOf(runs);
        this.distance = distance;
        this.added = added;
        double[][] between = between();
        this.unchanged = Arrays.stream(between)
                .mapToDouble(row -> Arrays.stream(row).sum() / (row.length - 1) + added)
                .toArray();
    }

    private double[][] between() {
        double[][] between = new double[runs.size()][runs.size()];
        for (int i = 0; i < between.length; i++) {
            for (int j = 0; j < i; j++) {
                between[i][j] = distance.applyAsDouble(runs.get(i), runs.get(j));
                between[j][i] = between[i][j];
            }
        }
        return between;
    }

    /** Returns the same for the first so many runs. */
    RunDistances<T> first(int count) {
        return new RunDistances<>(runs.subList(0, count), distance, added);
    }

    /** Returns the p-value of the t prediction; without any noise it is 0 as soon as anything differs. */
    double pValue(T night) {
        double tonight = IntStream.range(0, runs.size())
                .mapToDouble(run -> distance.applyAsDouble(runs.get(run), night))
                .average()
                .orElseThrow();
        return RunLevelT.upperTail(unchanged, tonight + added);
    }
}
