package dev.lockstep.document;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A length of time as people write it: {@code 90s}, {@code 15m}, {@code 24h}, {@code 7d}. */
public final class TimeSpan {
    private static final Pattern FORM = Pattern.compile("([1-9]\\d{0,5})([smhd])");
    private static final Map<String, Duration> UNITS = Map.of(
            "s", Duration.ofSeconds(1), "m", Duration.ofMinutes(1), "h", Duration.ofHours(1), "d", Duration.ofDays(1));

    private TimeSpan() {}

    /** Reads it; empty when it is written in another way, or nothing. */
    public static Optional<Duration> of(String text) {
        Matcher matcher = FORM.matcher(text);
        return matcher.matches()
                ? Optional.ofNullable(UNITS.get(matcher.group(2)))
                        .map(unit -> unit.multipliedBy(Long.parseLong(matcher.group(1))))
                : Optional.empty();
    }

    /** Returns it in the largest unit that leaves nothing over, such as {@code 24h}, cut to seconds. */
    public static String text(Duration span) {
        long seconds = span.toSeconds();
        if (seconds % 3600 == 0 && seconds != 0) {
            return seconds / 3600 + "h";
        }
        return seconds % 60 == 0 && seconds != 0 ? seconds / 60 + "m" : seconds + "s";
    }
}
