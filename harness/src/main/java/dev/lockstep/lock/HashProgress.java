package dev.lockstep.lock;

/** Hears how far the bytes of files have been hashed, from as many threads as like. */
@FunctionalInterface
public interface HashProgress {

    /**
     * Takes how far it is.
     *
     * @param done bytes that were hashed
     * @param all bytes that are to be hashed
     */
    void hashed(long done, long all);

    /** Returns one that nobody sees. */
    static HashProgress silent() {
        return (done, all) -> {};
    }
}
