package dev.lockstep.client;

import java.time.Duration;
import java.time.Instant;

/** The clock and the waiting of a client. */
interface Time {
    Time SYSTEM = new Time() {
        @Override
        public Instant now() {
            return Instant.now();
        }

        @Override
        public long nanos() {
            return System.nanoTime();
        }

        @Override
        public void sleep(Duration duration) throws InterruptedException {
            Thread.sleep(duration);
        }
    };

    Instant now();

    /** Returns a reading of a clock that never goes back; only differences mean something. */
    long nanos();

    void sleep(Duration duration) throws InterruptedException;
}
