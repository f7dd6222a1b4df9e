package dev.lockstep.lock;

import java.util.Locale;

/**
 * One comparison of a field of the lock with what was found.
 *
 * @param expected the locked value, in short form; empty when there is none
 * @param actual what was found; empty when there is nothing, or it could not be read
 * @param note evidence or remedy in one sentence
 * @param where the replicas of which this is true; empty where it is true of all
 */
public record Check(
        Layer layer,
        Step step,
        String field,
        Outcome outcome,
        Policy policy,
        String expected,
        String actual,
        String note,
        String where) {

    public Check {
        outcome = policy == Policy.IGNORE ? Outcome.NOT_CHECKED : outcome;
    }

    /** Makes a check that is true of the whole stack. */
    public Check(
            Layer layer,
            Step step,
            String field,
            Outcome outcome,
            Policy policy,
            String expected,
            String actual,
            String note) {
        this(layer, step, field, outcome, policy, expected, actual, note, "");
    }

    /** Returns the same check, true of some replicas only. */
    public Check at(String replicas) {
        return new Check(layer, step, field, outcome, policy, expected, actual, note, replicas);
    }

    /** Returns the same check with another note. */
    public Check noted(String other) {
        return new Check(layer, step, field, outcome, policy, expected, actual, other, where);
    }

    /** Returns the same check with another end: what was found, and why. */
    public Check as(Outcome other, String found, String why) {
        return new Check(layer, step, field, other, policy, expected, found, why, where);
    }

    /** Where a check looked, in the order in which they run. */
    public enum Step {
        STATIC,
        DISK,
        PROCESS,
        MIRROR,
        LIVE,
        RENDER,
        SAMPLING,
        LOGPROBS
    }

    /** How a check ended. */
    public enum Outcome {
        MATCH,
        MISMATCH,
        UNVERIFIABLE,
        NOT_CHECKED
    }

    /** What a mismatch means. */
    public enum Policy {
        /** The lock is broken. */
        PIN,
        /** The lock is broken, for the value is none of several that are right. */
        ONE_OF,
        /** The report says so. */
        WARN,
        /** Nothing: the field is not compared. */
        IGNORE;

        /** Returns whether a mismatch breaks the lock. */
        public boolean isStrict() {
            return this == PIN || this == ONE_OF;
        }
    }

    /** Returns both values in words: {@code locked q8_0, found (missing)}. */
    public String values() {
        return "locked " + ShortValue.orMissing(expected) + ", found " + ShortValue.orMissing(actual);
    }

    /** Returns the step that looked, and which replicas it looked at where they differ: {@code render at 127.0.0.1:9002}. */
    public String place() {
        return step.name().toLowerCase(Locale.ROOT) + (where.isEmpty() ? "" : " at " + where);
    }

    public boolean breaksLock() {
        return outcome == Outcome.MISMATCH && policy.isStrict();
    }
}
