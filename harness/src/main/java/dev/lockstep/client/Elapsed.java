package dev.lockstep.client;

/**
 * How long an exchange took, from the moment it was handed to the network.
 *
 * @param firstByteMicros until the head of the answer; -1 when none came
 * @param doneMicros until the end
 */
record Elapsed(long firstByteMicros, long doneMicros) {
    static final Elapsed NOTHING = new Elapsed(-1, 0);
}
