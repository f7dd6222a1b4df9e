package dev.lockstep.stats;

/** A walk through the arrangements of two arms' labels. */
sealed interface Walk permits Enumeration, Shuffles {

    /** Puts the next arrangement into {@code order}, which holds the one before. */
    void advance(int[] order);
}
