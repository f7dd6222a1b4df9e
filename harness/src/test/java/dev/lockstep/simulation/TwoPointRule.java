package dev.lockstep.simulation;

import dev.lockstep.stats.PairedCounts;

/**
 * A peer: fail when the score moved by more than two percentage points, either way.
 *
 * <p>Two rates are subtracted in floating point, as such checks are written: at exactly two points rounding decides. With 200
 * cases that is every eighth night.
 *
 * <p>Source: no program, but what continuous integration commonly does with a stored score and a tolerance.
 */
final class TwoPointRule {
    private static final double TOLERANCE = 0.02;

    private TwoPointRule() {}

    static boolean alarms(PairedCounts scores) {
        double items = scores.items();
        double before = (scores.both() + scores.losses()) / items;
        double after = (scores.both() + scores.gains()) / items;
        return Math.abs(after - before) > TOLERANCE;
    }
}
