package dev.lockstep.baseline;

import java.util.Locale;

/**
 * How much the runs of an unchanged stack differ, for one detector.
 *
 * @param runs how many runs were compared
 * @param comparisons how many samples of later runs were held against the first run's
 * @param mismatches how many of them differed
 */
public record Calibration(String detector, int runs, int comparisons, int mismatches) {
    static final int ENOUGH_COMPARISONS = 300;
    static final int ENOUGH_NOISY_RUNS = 7;

    /** What a detector may conclude from a difference. */
    public enum Noise {
        /** No noise in enough comparisons: any reproducible difference is a change. */
        DETERMINISTIC,
        /** Noise: a new run is judged against the spread of the calibration runs. */
        NOISY,
        /** Too little was measured to tell. */
        UNCALIBRATED
    }

    public Noise noise() {
        if (mismatches > 0) {
            return Noise.NOISY;
        }
        return runs >= 2 && comparisons >= ENOUGH_COMPARISONS ? Noise.DETERMINISTIC : Noise.UNCALIBRATED;
    }

    /** Returns whether the detector may decide a verdict. */
    public boolean gates() {
        return switch (noise()) {
            case DETERMINISTIC -> true;
            case NOISY -> runs >= ENOUGH_NOISY_RUNS;
            case UNCALIBRATED -> false;
        };
    }

    /** Returns what must be recorded before the detector may decide; empty when it may. */
    public String missing() {
        return switch (noise()) {
            case DETERMINISTIC -> "";
            case NOISY ->
                gates()
                        ? ""
                        : "a noisy layer needs " + ENOUGH_NOISY_RUNS + " approved runs, it has " + runs + "; record "
                                + (ENOUGH_NOISY_RUNS - runs) + " more";
            case UNCALIBRATED ->
                runs >= 2 && comparisons == 0
                        ? "no prompt of these suites could be compared; add a suite of role 'fingerprint', and record again"
                        : "needs " + ENOUGH_COMPARISONS + " comparisons between runs, it has " + comparisons
                                + "; record " + moreRuns() + " more";
        };
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "%s %s (%d runs, %d comparisons, %d mismatches)",
                detector,
                noise().name().toLowerCase(Locale.ROOT),
                runs,
                comparisons,
                mismatches);
    }

    private String moreRuns() {
        if (runs < 2 || comparisons == 0) {
            return "at least 1";
        }
        int perRun = comparisons / (runs - 1);
        return Integer.toString(Math.max(1, Math.ceilDiv(ENOUGH_COMPARISONS - comparisons, Math.max(1, perRun))));
    }
}
