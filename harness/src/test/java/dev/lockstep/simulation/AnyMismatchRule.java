package dev.lockstep.simulation;

import java.util.Arrays;

/**
 * A peer: fail when any answer differs from the stored one.
 *
 * <p>Source: no program, but what a snapshot test or a plain diff does.
 */
final class AnyMismatchRule {

    private AnyMismatchRule() {}

    /** Compares the tokens of answers to the same prompts. */
    static boolean alarms(int[][] baseline, int[][] tonight) {
        return !Arrays.deepEquals(baseline, tonight);
    }
}
