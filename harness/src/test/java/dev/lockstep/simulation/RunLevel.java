package dev.lockstep.simulation;

import java.util.List;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A layer that is calibrated on whole runs of an unchanged stack.
 *
 * @param stack draws a stack with its prompts: what it returns runs it, each time in an epoch of its own
 * @param test from calibration runs and a new run to a p-value
 * @param <T> what a run answers
 */
record RunLevel<T>(
        Function<RandomGenerator, Function<RandomGenerator, T>> stack, Function<List<T>, ToDoubleFunction<T>> test) {

    /**
     * Draws a stack, its baseline and unchanged nights.
     *
     * @param counts how many runs to calibrate on, the most last
     * @return for each night its p-value by each count
     */
    List<double[]> nights(int nights, int[] counts, RandomGenerator random) {
        Function<RandomGenerator, T> drawn = stack.apply(random);
        List<T> runs = Stream.generate(() -> drawn.apply(random))
                .limit(counts[counts.length - 1])
                .toList();
        List<ToDoubleFunction<T>> tests = IntStream.of(counts)
                .mapToObj(count -> test.apply(runs.subList(0, count)))
                .toList();
        return Stream.generate(() -> drawn.apply(random))
                .limit(nights)
                .map(night -> tests.stream()
                        .mapToDouble(each -> each.applyAsDouble(night))
                        .toArray())
                .toList();
    }
}
