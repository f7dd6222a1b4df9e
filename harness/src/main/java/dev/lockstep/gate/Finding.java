package dev.lockstep.gate;

import dev.lockstep.run.SampleKey;
import java.util.List;
import java.util.OptionalDouble;

/**
 * What a detector found.
 *
 * @param detector {@code L1} (fingerprint) or {@code L4} (scores)
 * @param basis what decided: {@code equality}, {@code exact McNemar}, {@code run-level t}
 * @param pValue of the test, when a test decided
 * @param compared how many samples have a counterpart in the baseline
 * @param changed how many of them differ
 * @param effect size and interval, in one sentence
 * @param evidence what differs, the most telling first
 */
public record Finding(
        String detector,
        Result result,
        String basis,
        OptionalDouble pValue,
        int compared,
        int changed,
        String effect,
        List<Evidence> evidence) {

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

    /**
     * One sample that differs.
     *
     * @param what kind and place: {@code token 3}, {@code logprob of token 0}, {@code score exact@1}
     */
    public record Evidence(SampleKey key, String what, String baseline, String tonight) {}
}
