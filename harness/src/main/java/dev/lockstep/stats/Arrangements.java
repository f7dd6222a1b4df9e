package dev.lockstep.stats;

/**
 * The arrangements of labels or signs behind a permutation p-value.
 *
 * @param count how many were looked at beside the observed one; all others when {@code exact}
 * @param exact whether every arrangement was looked at, so that the seed plays no part
 * @param seed of the random arrangements: the same seed gives the same p-value
 */
public record Arrangements(int count, boolean exact, long seed) {
    /** Up to this many arrangements, all are looked at. */
    static final int ENUMERATED = 50_000;
}
