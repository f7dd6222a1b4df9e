package dev.lockstep.simulation;

import dev.lockstep.stats.Proportion;
import java.util.List;
import java.util.stream.IntStream;

/** Counts alarms. */
final class Power {

    private Power() {}

    /**
     * Returns for each column the share of nights that alarm.
     *
     * @param nights whether each column alarms, all of one length
     */
    static List<Proportion> of(List<boolean[]> nights) {
        return IntStream.range(0, nights.getFirst().length)
                .mapToObj(column -> of(nights, column))
                .toList();
    }

    private static Proportion of(List<boolean[]> nights, int column) {
        int alarms = (int) nights.stream().filter(night -> night[column]).count();
        return new Proportion(alarms, nights.size());
    }

    /** Returns the cells of a row. */
    static List<String> cells(List<Proportion> power) {
        return power.stream().map(each -> Numbers.three(each.rate())).toList();
    }
}
