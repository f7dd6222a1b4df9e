package dev.lockstep.simulation;

import dev.lockstep.stats.Proportion;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/**
 * Independent repetitions of an experiment.
 *
 * <p>Each has a random generator of its own, seeded by its number: the result is the same on any number of threads.
 *
 * @param seed of the experiment
 * @param count repetitions, 1 or more
 */
record Replicates(long seed, int count) {

    /** Returns what each repetition gives, in their order. */
    <T> List<T> map(Function<SplittableRandom, T> experiment) {
        return IntStream.range(0, count)
                .parallel()
                .mapToObj(number -> experiment.apply(random(number)))
                .toList();
    }

    /** Returns how many repetitions have the property. */
    Proportion share(Predicate<SplittableRandom> experiment) {
        long successes = map(experiment::test).stream().filter(each -> each).count();
        return new Proportion((int) successes, count);
    }

    private SplittableRandom random(int number) {
        return new SplittableRandom(mixed(seed + number));
    }

    /** Returns a seed far away from those of its neighbours. */
    static long mixed(long seed) {
        return new SplittableRandom(seed).nextLong();
    }
}
