package dev.lockstep.gate;

import dev.lockstep.stats.EDetector;
import dev.lockstep.stats.EValue;
import java.util.Locale;

/**
 * What the nights up to a run say together, of one detector whose test decides: a change that is too small for any of them.
 *
 * <p>The p-value of each night becomes evidence, gathered by the e-CUSUM. It warns and decides nothing, for all nights share the
 * errors of one baseline. No night counts more than {@value #MOST_A_NIGHT}, the root of the alarm, so that it takes two at least,
 * and what one night shows by itself is soon forgotten: an e-value that is cut off above has no larger expectation than before,
 * and keeps the promise of {@link EDetector}.
 *
 * @param evidence 0 or more; while nothing changes it reaches {@value #ALARM} once in {@value #ALARM} nights on average, or less
 * @param nights how many gathered it since it was last at 1 or below
 */
public record Trend(String detector, double evidence, int nights) {
    static final int ALARM = 400;
    static final int MOST_A_NIGHT = 20;

    /** Returns where a detector stands before its first night, and after one whose change is known by itself. */
    static Trend none(String detector) {
        return new Trend(detector, 0, 0);
    }

    Trend after(double pValue) {
        double tonight = Math.min(EValue.ofP(pValue), MOST_A_NIGHT);
        double[] path = EDetector.cusum(new double[] {Math.max(evidence, 1), tonight});
        return new Trend(detector, path[1], evidence <= 1 ? 1 : nights + 1);
    }

    boolean alarms() {
        return evidence >= ALARM;
    }

    String sentence() {
        return String.format(
                Locale.ROOT,
                "%s: the last %d runs together point to a slow change (e-CUSUM %.3g, alarm at %d), though this run alone proves"
                        + " none; ask a deeper run: more cases, or another start",
                detector,
                nights,
                evidence,
                ALARM);
    }
}
