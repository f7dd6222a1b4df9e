package dev.lockstep.baseline;

import java.util.List;
import java.util.Locale;

/**
 * How much the runs of an unchanged stack differ, for one detector.
 *
 * @param runs how many runs were compared
 * @param samples how many samples of the first run can be held against another run's
 * @param comparisons how many samples of later runs were held against the first run's
 * @param mismatches how many of them differed
 */
public record Calibration(String detector, int runs, int samples, int comparisons, int mismatches) {
    static final int ENOUGH_COMPARISONS = 300;
    public static final int ENOUGH_NOISY_RUNS = 7;
    private static final int ENOUGH_TO_WARN = 5;
    private static final double USUAL_DISCORDANCE = 0.1;

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
            case UNCALIBRATED -> isOfSamples() && runs >= ENOUGH_NOISY_RUNS;
        };
    }

    /** Returns whether whole runs are compared that are too few to decide a verdict, and enough to warn beside it. */
    public boolean warns() {
        boolean isByRuns = noise() == Noise.NOISY || (noise() == Noise.UNCALIBRATED && isOfSamples());
        return isByRuns && runs >= ENOUGH_TO_WARN && runs < ENOUGH_NOISY_RUNS;
    }

    /** Returns the same noise as if it had been measured in enough runs to decide. */
    public Calibration asIfEnough() {
        return new Calibration(detector, Math.max(runs, ENOUGH_NOISY_RUNS), samples, comparisons, mismatches);
    }

    /** Returns what must be recorded before the detector may decide; empty when it may. */
    public String missing() {
        if (gates()) {
            return "";
        }
        if (hasNothing()) {
            return nothing();
        }
        String needs = noise() == Noise.NOISY
                ? noisy()
                : "needs " + ENOUGH_COMPARISONS + " comparisons between runs, it has " + comparisons;
        return needs + "; record " + (runsNeeded() - runs) + " more, " + runsNeeded() + " runs in all";
    }

    /**
     * Returns the largest share of differing comparisons that a run without any does not rule out (at 95 %: 3 of all, the rule of
     * three), at most {@value #USUAL_DISCORDANCE}; that much where nothing was compared.
     */
    public double mostDiscordant() {
        return comparisons == 0 ? USUAL_DISCORDANCE : Math.min(USUAL_DISCORDANCE, 3.0 / comparisons);
    }

    /** Returns whether the runs hold nothing that this detector could compare, however many there are. */
    public boolean hasNothing() {
        return samples == 0 && comparisons == 0;
    }

    /**
     * Returns how many runs in all the detector needs before it may decide by the noise, if those to come are like those that are
     * there; those that are there when it may, or when no number of runs would do.
     */
    public int runsNeeded() {
        return switch (noise()) {
            case DETERMINISTIC -> runs;
            case NOISY -> Math.max(runs, ENOUGH_NOISY_RUNS);
            case UNCALIBRATED -> isOfSamples() ? Math.min(runsOfSamples(), runsToCompare()) : runsToCompare();
        };
    }

    private int runsToCompare() {
        if (hasNothing()) {
            return isOfSamples() ? runsOfSamples() : runs;
        }
        return Math.max(2, runs + Math.ceilDiv(ENOUGH_COMPARISONS - comparisons, Math.max(1, samples)));
    }

    /** Samples of enough runs can be judged by those, whether or not requests repeat. */
    private int runsOfSamples() {
        return Math.max(runs, ENOUGH_NOISY_RUNS);
    }

    private boolean isOfSamples() {
        return detector.equals("L3");
    }

    /** Returns how many runs in all every one of these detectors needs. */
    public static int runsNeeded(List<Calibration> all) {
        return all.stream().mapToInt(Calibration::runsNeeded).max().orElse(0);
    }

    private String noisy() {
        return warns()
                ? "a noisy layer needs " + ENOUGH_NOISY_RUNS + " approved runs to decide; with " + runs
                        + " it only warns"
                : "a noisy layer needs " + ENOUGH_NOISY_RUNS + " approved runs, it has " + runs;
    }

    private String nothing() {
        if (runs == 0) {
            return "its noise was never measured; approve the runs of the baseline again";
        }
        return switch (detector) {
            case "L2" ->
                "no log-probability could be compared; add a suite of role 'fingerprint', or ask an endpoint that sends"
                        + " them, and record again";
            case "L3" ->
                "nothing shows that the same request gives the same answer again; add a suite of role 'fingerprint', and"
                        + " record again, or record " + ENOUGH_NOISY_RUNS + " runs";
            case "L4" -> "no answer of these suites is scored";
            default ->
                "no prompt of these suites could be compared; add a suite of role 'fingerprint', and record again";
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
}
