package dev.lockstep.client;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/**
 * How long to wait before an attempt is repeated: doubling from 200 ms to at most 5 s, or as long as the server asks, up to
 * 30 s.
 *
 * <p>A part of each wait depends on the attempt's number by the golden ratio, so that waits are spread and yet the same in
 * every run.
 */
final class Backoff {
    private static final double GOLDEN = 0.6180339887498949;
    private static final long FIRST_MILLIS = 200;
    private static final long LONGEST_MILLIS = 5_000;
    private static final Duration LONGEST_ASKED = Duration.ofSeconds(30);

    private Backoff() {}

    /**
     * Returns the wait after a failed attempt.
     *
     * @param attempt its number, from 1
     * @param retryAfter the header's value: seconds or an HTTP date (RFC 9110, 10.2.3); ignored when it is neither
     */
    static Duration after(int attempt, Optional<String> retryAfter, Instant now) {
        Duration own = own(attempt);
        Duration asked = retryAfter.flatMap(value -> asked(value.strip(), now)).orElse(Duration.ZERO);
        Duration bounded = asked.compareTo(LONGEST_ASKED) > 0 ? LONGEST_ASKED : asked;
        return bounded.compareTo(own) > 0 ? bounded : own;
    }

    private static Duration own(int attempt) {
        long doubled = FIRST_MILLIS << Math.min(attempt - 1, 10);
        double turn = (attempt - 1) * GOLDEN;
        double share = 1 - 0.25 * (turn - Math.floor(turn));
        return Duration.ofMillis((long) (Math.min(doubled, LONGEST_MILLIS) * share));
    }

    private static Optional<Duration> asked(String value, Instant now) {
        if (!value.isEmpty() && value.length() <= 9 && value.chars().allMatch(c -> c >= '0' && c <= '9')) {
            return Optional.of(Duration.ofSeconds(Long.parseLong(value)));
        }
        try {
            Instant then = ZonedDateTime.parse(value, DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant();
            return Optional.of(Duration.between(now, then));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
