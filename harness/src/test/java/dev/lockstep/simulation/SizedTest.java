package dev.lockstep.simulation;

import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/**
 * A test of runs of which only the first part counts, so that one set of runs shows what any size of them would find.
 *
 * @param test from calibration runs and a new run to a p-value
 * @param cut the first part of a run
 * @param alpha level
 * @param <T> what a run answers
 */
record SizedTest<T>(Function<List<T>, ToDoubleFunction<T>> test, BiFunction<T, Integer, T> cut, double alpha) {

    /** Says for each size which nights alarm: all nights of the first size, then those of the next. */
    boolean[] alarms(List<Integer> sizes, List<T> calibration, List<T> nights) {
        boolean[] alarms = new boolean[sizes.size() * nights.size()];
        for (int i = 0; i < sizes.size(); i++) {
            int size = sizes.get(i);
            ToDoubleFunction<T> sized = test.apply(first(size, calibration));
            for (int night = 0; night < nights.size(); night++) {
                double p = sized.applyAsDouble(cut.apply(nights.get(night), size));
                alarms[i * nights.size() + night] = p <= alpha;
            }
        }
        return alarms;
    }

    private List<T> first(int size, List<T> runs) {
        return runs.stream().map(run -> cut.apply(run, size)).toList();
    }

    /** Says for each unchanged night whether it alarms at each size. */
    List<boolean[]> unchanged(List<Integer> sizes, List<T> calibration, List<T> nights) {
        return nights.stream()
                .map(night -> alarms(sizes, calibration, List.of(night)))
                .toList();
    }

    /** Draws runs. */
    static <T> List<T> draw(int count, Supplier<T> run) {
        return Stream.generate(run).limit(count).toList();
    }
}
