package dev.lockstep.lock;

import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongConsumer;

/** Counts the bytes of one job from many threads, and tells how many there are by now. */
final class ByteCount {
    private final LongConsumer progress;
    private final AtomicLong done = new AtomicLong();

    ByteCount(long all, HashProgress progress) {
        this.progress = progress.begin(all);
    }

    void add(long bytes) {
        progress.accept(done.addAndGet(bytes));
    }
}
