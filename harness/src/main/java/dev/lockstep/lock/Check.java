package dev.lockstep.lock;

/**
 * One comparison of a field of the lock with what was found.
 *
 * @param expected the locked value, in short form; empty when there is none
 * @param actual what was found; empty when there is nothing, or it could not be read
 * @param note evidence or remedy in one sentence
 */
public record Check(
        Layer layer,
        Step step,
        String field,
        Outcome outcome,
        Policy policy,
        String expected,
        String actual,
        String note) {

    public Check {
        outcome = policy == Policy.IGNORE ? Outcome.NOT_CHECKED : outcome;
    }

    /** Where a check looked, in the order in which they run. */
    public enum Step {
        STATIC,
        DISK,
        PROCESS,
        LIVE,
        RENDER,
        SAMPLING
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

    public boolean breaksLock() {
        return outcome == Outcome.MISMATCH && policy.isStrict();
    }
}
