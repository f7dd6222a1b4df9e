package dev.lockstep.lock;

/** How much of files is read to verify them. */
public sealed interface Tier {

    /** Returns its name in files and messages. */
    default String key() {
        return switch (this) {
            case Full full -> "full";
            case Cached cached -> "cached";
            case Sampled sampled -> "sampled";
        };
    }

    /** All bytes. */
    record Full() implements Tier {}

    /**
     * Of a file that did not change since it was read in full, what is cheap: all of one below 64 MiB, the header of a file of
     * tensors. Of any other, all bytes.
     */
    record Cached() implements Tier {}

    /**
     * The headers, the first and the last chunk of each file, and so many others, drawn from all files together.
     *
     * @param seed what decides which
     */
    record Sampled(int chunks, long seed) implements Tier {
        /** What finds a change in 5 % of all chunks with probability .96. */
        public static final int SHIPPED_CHUNKS = 64;

        /**
         * Returns the least probability of finding a change.
         *
         * @param share of the chunks that changed, within [0, 1]
         */
        public double power(double share) {
            return 1 - Math.pow(1 - share, chunks);
        }
    }
}
