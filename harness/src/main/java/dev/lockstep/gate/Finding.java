package dev.lockstep.gate;

import dev.lockstep.run.SampleKey;
import java.util.List;
import java.util.OptionalDouble;

/**
 * What a detector found.
 *
 * @param detector {@code L1} (tokens), {@code L2} (log-probabilities), {@code L2 prefill} (of prompt tokens), {@code L3} (samples of new
 *     seeds), {@code L4} (scores of critical suites) or {@code L4 supporting}
 * @param basis what decided
 * @param pValue of the test, when a test decided; where equality did, 1 if all is equal, else 0; empty where nothing did
 * @param compared how many samples have a counterpart in the baseline
 * @param changed how many of them differ
 * @param severity whether what differs matters by the policy's margins
 * @param effect size and interval, in one sentence
 * @param reach the smallest change that this detector would have seen, in one sentence; empty when it could see none
 * @param evidence what differs, the most telling first
 */
public record Finding(
        String detector,
        Result result,
        DriftRule.Basis basis,
        OptionalDouble pValue,
        int compared,
        int changed,
        Severity severity,
        String effect,
        String reach,
        List<Evidence> evidence) {
    static final String NOTHING = "nothing of it is in the baseline";

    public Finding {
        evidence = List.copyOf(evidence);
    }

    /** What a finding says. */
    public enum Result {
        /** Equal, or equivalent within the margin. */
        SAME,
        /** Different. */
        CHANGED,
        /** Neither can be said; the effect tells what would decide it. */
        UNDECIDED
    }

    /** How much a difference matters; one inside every margin is still a difference. */
    public enum Severity {
        NONE,
        WITHIN_MARGIN,
        BEYOND_MARGIN;

        /** Returns how much something matters that differs by so much. */
        static Severity beyond(double size, double margin) {
            return size <= margin ? WITHIN_MARGIN : BEYOND_MARGIN;
        }
    }

    /**
     * One sample that differs.
     *
     * @param what kind and place: {@code token 3}, {@code logprob of token 0}, {@code score exact@1}
     */
    public record Evidence(SampleKey key, String what, String baseline, String tonight) {}

    /** Returns the detector without its half or tier, as weights and waivers name it. */
    String family() {
        return family(detector);
    }

    static String family(String detector) {
        return detector.split(" ", 2)[0];
    }

    /** Returns whether a test decides, whose outcome fresh samples may confirm. */
    public boolean isTested() {
        return pValue.isPresent() && basis != DriftRule.Basis.EQUALITY;
    }

    /** Returns whether whole runs were compared, so that a start of the server counts once however much it is asked. */
    boolean isByRuns() {
        return basis == DriftRule.Basis.RUNS;
    }

    /** Returns whether answers of new seeds were compared as a distribution: each is another one, and none of them "differs". */
    public boolean isOfDistributions() {
        return family().equals(SampleDetector.NAME);
    }

    /** Returns this finding with another result, and why. */
    Finding as(Result other, String why) {
        return new Finding(
                detector, other, basis, pValue, compared, changed, severity, effect + "; " + why, reach, evidence);
    }

    /** Returns this finding with more to tell; nothing more where that is empty. */
    Finding and(String more) {
        return more.isEmpty() ? this : as(result, more);
    }

    /** Returns the finding as a sentence of a verdict. */
    String sentence() {
        return family().equals("L3")
                ? detector + ": " + compared + " sampled answers; " + effect
                : detector + ": " + changed + " of " + compared + " samples differ; " + effect;
    }
}
