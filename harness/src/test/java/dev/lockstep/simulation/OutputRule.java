package dev.lockstep.simulation;

import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** A rule on outputs, for one kind of night. */
@FunctionalInterface
interface OutputRule {

    /** Draws a baseline and nights against it, and says which of them alarm. */
    List<Boolean> alarms(int nights, SplittableRandom random);

    /** Returns a rule whose baseline is one run, which each night draws anew. */
    static OutputRule each(Predicate<SplittableRandom> night) {
        return (nights, random) ->
                Stream.generate(() -> night.test(random)).limit(nights).toList();
    }

    /**
     * Returns a rule that calibrates once for all nights.
     *
     * @param baseline draws it: what it returns draws a night, and says whether it alarms
     */
    static OutputRule calibrated(Function<SplittableRandom, Predicate<SplittableRandom>> baseline) {
        return (nights, random) -> each(baseline.apply(random)).alarms(nights, random);
    }
}
