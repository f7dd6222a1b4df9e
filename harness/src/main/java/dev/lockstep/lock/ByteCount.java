package dev.lockstep.lock;

import java.util.concurrent.atomic.AtomicLong;

/** Counts bytes from many threads, and tells how many of all there are by now. */
final class ByteCount {
    private final long all;
    private final HashProgress progress;
    private final AtomicLong done = new AtomicLong();

    ByteCount(long all, HashProgress progress) {
        this.all = all;
        this.progress = progress;
    }

    void add(long bytes) {
        progress.hashed(done.addAndGet(bytes), all);
    }
}
