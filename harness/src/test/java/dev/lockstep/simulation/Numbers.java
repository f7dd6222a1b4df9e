package dev.lockstep.simulation;

import dev.lockstep.stats.Interval;
import dev.lockstep.stats.Proportion;
import dev.lockstep.stats.ProportionInterval;
import java.math.BigDecimal;
import java.util.Locale;

/** How figures are written: the same everywhere. */
final class Numbers {
    private static final double LEVEL = 0.95;

    private Numbers() {}

    static String two(double value) {
        return String.format(Locale.ROOT, "%.2f", value);
    }

    static String three(double value) {
        return String.format(Locale.ROOT, "%.3f", value);
    }

    static String four(double value) {
        return String.format(Locale.ROOT, "%.4f", value);
    }

    /** Returns a setting, with as many decimals as it was written with. */
    static String plain(double value) {
        return new BigDecimal(Double.toString(value)).stripTrailingZeros().toPlainString();
    }

    /** Returns a rate with its interval of Wilson, 95 %. */
    static String rate(Proportion proportion) {
        Interval interval = wilson(proportion);
        return three(proportion.rate()) + " (" + three(interval.low()) + "–" + three(interval.high()) + ")";
    }

    /** Returns a small rate in the same way, with one decimal more. */
    static String fineRate(Proportion proportion) {
        Interval interval = wilson(proportion);
        return four(proportion.rate()) + " (" + four(interval.low()) + "–" + four(interval.high()) + ")";
    }

    static Interval wilson(Proportion proportion) {
        return ProportionInterval.wilson(proportion, LEVEL);
    }

    /** Returns the standard error that a rate has when it is simulated so many times. */
    static double standardError(double rate, int repetitions) {
        return Math.sqrt(rate * (1 - rate) / repetitions);
    }
}
