package dev.lockstep.run;

import dev.lockstep.document.Sha256;

/** Seeds that are new in each run, and the same whenever a run is resumed or looked at again. */
final class FreshSeed {
    private static final int HEX_DIGITS = 8;

    private FreshSeed() {}

    /** Returns a seed from 0 to 2147483647: the first 31 bits of the hash of both. */
    static long of(String asking, SampleKey key) {
        String digest = Sha256.of(asking + "\n" + key);
        return Long.parseLong(digest.substring(0, HEX_DIGITS), 16) >>> 1;
    }
}
