package dev.lockstep.document;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class TimeSpanTest {

    @ParameterizedTest
    @CsvSource({"90s, PT90S", "15m, PT15M", "24h, PT24H", "7d, P7D"})
    void reads_each_unit(String text, Duration span) {
        assertThat(TimeSpan.of(text)).contains(span);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "24", "h", "0h", "-1h", "1.5h", "24 h", "1w", "9999999d"})
    void reads_nothing_else(String text) {
        assertThat(TimeSpan.of(text)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"P7D, 168h", "PT90M, 90m", "PT61S, 61s", "PT0.5S, 0s"})
    void tells_it_in_the_largest_unit_that_leaves_nothing_over(Duration span, String text) {
        assertThat(TimeSpan.text(span)).isEqualTo(text);
    }

    @Test
    void what_it_tells_can_be_read() {
        assertThat(TimeSpan.of(TimeSpan.text(Duration.ofHours(36)))).contains(Duration.ofHours(36));
    }
}
