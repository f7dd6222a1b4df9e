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
        /** The report says so. */
        WARN,
        /** Nothing. */
        IGNORE
    }

    /** Returns both values in words: {@code locked q8_0, found (missing)}. */
    public String values() {
        return "locked " + ShortValue.orMissing(expected) + ", found " + ShortValue.orMissing(actual);
    }

    public boolean breaksLock() {
        return outcome == Outcome.MISMATCH && policy == Policy.PIN;
    }
}
