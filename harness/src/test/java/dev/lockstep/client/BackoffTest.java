package dev.lockstep.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BackoffTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    @Test
    void doubles_from_200_milliseconds_to_5_seconds_less_a_spread() {
        assertThat(IntStream.rangeClosed(1, 7).mapToLong(n -> wait(n, null).toMillis()))
                .containsExactly(200L, 338L, 752L, 1258L, 2822L, 4887L, 4114L);
        assertThat(IntStream.rangeClosed(1, 100).mapToLong(n -> wait(n, null).toMillis()))
                .allMatch(millis -> millis >= 200 && millis <= 5000);
    }

    @ParameterizedTest
    @CsvSource({
        "3,                               3000",
        "30,                              30000",
        "31,                              30000",
        "999999999,                       30000",
        "99999999999999999999,            200",
        "'Thu, 01 Jan 2026 00:00:07 GMT', 7000",
        "'Thu, 01 Jan 2026 01:00:00 GMT', 30000",
        "'Wed, 31 Dec 2025 23:00:00 GMT', 200",
        "0,                               200",
        "soon,                            200",
        "-5,                              200"
    })
    void waits_as_long_as_the_server_asks_up_to_30_seconds(String retryAfter, long millis) {
        assertThat(wait(1, retryAfter)).isEqualTo(Duration.ofMillis(millis));
    }

    private static Duration wait(int attempt, @Nullable String retryAfter) {
        return Backoff.after(attempt, Optional.ofNullable(retryAfter), NOW);
    }
}
