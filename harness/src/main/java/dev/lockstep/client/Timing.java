package dev.lockstep.client;

import java.time.Instant;

/**
 * When the steps of the last attempt happened.
 *
 * @param queued when the request was handed to the client
 * @param sentMicros microseconds from then until it was sent
 * @param firstByteMicros until the first byte of the answer; -1 when none came
 * @param doneMicros until the end
 */
public record Timing(Instant queued, long sentMicros, long firstByteMicros, long doneMicros) {}
