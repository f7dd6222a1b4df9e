package dev.lockstep.lock;

import java.util.function.LongConsumer;

/** Hears how far the bytes of files have been hashed. */
@FunctionalInterface
public interface HashProgress {

    /**
     * Begins a job: some files that are hashed side by side.
     *
     * @param all bytes that are to be hashed
     * @return takes how many of them are, from as many threads as like
     */
    LongConsumer begin(long all);

    /** Returns one that nobody sees. */
    static HashProgress silent() {
        return all -> done -> {};
    }
}
