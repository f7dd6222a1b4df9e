package dev.lockstep.gate;

/** What a clue shows of a stack beside its locked self. */
public enum Sign {
    EQUAL,
    DIFFERENT,
    /** Nobody looked, or not at all of it. */
    UNSEEN;

    /** Returns what two looks at the same clue show together: a difference counts more than all that is equal. */
    Sign and(Sign other) {
        if (this == DIFFERENT || other == DIFFERENT) {
            return DIFFERENT;
        }
        return this == EQUAL ? this : other;
    }
}
