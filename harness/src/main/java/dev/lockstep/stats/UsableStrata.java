package dev.lockstep.stats;

import dev.lockstep.stats.TestResult.Reason;
import java.util.stream.IntStream;

/** The strata where both arms have enough samples for a statistic; the others are left out. */
final class UsableStrata {
    private final int[] numbers;

    /** Keeps the strata with at least {@code least} samples in each arm. */
    UsableStrata(Strata strata, int least) {
        this.numbers = IntStream.range(0, strata.size())
                .filter(stratum -> Math.min(strata.first(stratum), strata.second(stratum)) >= least)
                .toArray();
    }

    Reason reason(boolean identical) {
        if (numbers.length == 0) {
            return Reason.TOO_FEW;
        }
        return identical ? Reason.IDENTICAL : Reason.TESTED;
    }

    /** Returns the mean of a value over the strata, 0 without one. */
    double mean(StratumValue value) {
        double sum = 0;
        for (int stratum : numbers) {
            sum += value.of(stratum);
        }
        return numbers.length == 0 ? 0 : sum / numbers.length;
    }

    /** A value of one stratum. */
    @FunctionalInterface
    interface StratumValue {
        /** Returns the value of the stratum with this number. */
        double of(int stratum);
    }
}
