package dev.lockstep.cli;

import java.time.Duration;
import java.util.Locale;

/** How far the bytes of a job are, how fast it goes and how long it will take, in one line. */
final class ByteRate {
    static final long GIGABYTE = 1_000_000_000;

    private static final double SECONDS_PER_MINUTE = 60;
    private static final int LONG_IN_SECONDS = 120;

    private ByteRate() {}

    /** Returns a line such as {@code hashed 3.2 of 17.1 GB · 1.36 GB/s · 11 s left}. */
    static String line(long done, long all, Duration elapsed) {
        String sizes = String.format(Locale.ROOT, "hashed %.1f of %.1f GB", gigabytes(done), gigabytes(all));
        double seconds = elapsed.toMillis() / 1000.0;
        if (seconds == 0 || done == 0) {
            return sizes;
        }
        double perSecond = done / seconds;
        String rate = String.format(Locale.ROOT, "%s · %.2f GB/s", sizes, gigabytes(1) * perSecond);
        return done >= all ? rate : rate + " · " + time((all - done) / perSecond) + " left";
    }

    private static String time(double seconds) {
        return seconds < LONG_IN_SECONDS
                ? (long) Math.ceil(seconds) + " s"
                : (long) Math.ceil(seconds / SECONDS_PER_MINUTE) + " min";
    }

    private static double gigabytes(long bytes) {
        return (double) bytes / GIGABYTE;
    }
}
