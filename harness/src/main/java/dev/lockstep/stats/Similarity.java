package dev.lockstep.stats;

/**
 * How much two token sequences have in common: a positive definite kernel, not yet normalised.
 *
 * <p>Source of both kernels: Gao, Liang and Guestrin, "Model Equality Testing", ICLR 2025 (arXiv 2410.20247).
 */
@FunctionalInterface
public interface Similarity {

    /** Returns the common amount, 0 or more; of a sequence with itself 0 only where the sequence is empty. */
    double of(int[] one, int[] other);

    /**
     * Counts the positions where both sequences have the same token.
     *
     * <p>Positions beyond the end of the shorter one count nothing: padding that matches padding would measure length, which
     * has a statistic of its own.
     */
    static Similarity hamming() {
        return (one, other) -> {
            int same = 0;
            for (int i = 0; i < Math.min(one.length, other.length); i++) {
                if (one[i] == other[i]) {
                    same++;
                }
            }
            return same;
        };
    }

    /**
     * Counts the pairs of equal runs of 1 to {@code longest} tokens, wherever they stand.
     *
     * <p>Two positions from which the sequences agree over n tokens share min(n, longest) such runs.
     *
     * @param longest 1 or more
     */
    static Similarity spectrum(int longest) {
        if (longest < 1) {
            throw new IllegalArgumentException("the longest run needs at least 1 token, has " + longest);
        }
        return (one, other) -> {
            int[] common = new int[other.length + 1];
            long runs = 0;
            for (int i = one.length - 1; i >= 0; i--) {
                for (int j = 0; j < other.length; j++) {
                    common[j] = one[i] == other[j] ? common[j + 1] + 1 : 0;
                    runs += Math.min(common[j], longest);
                }
            }
            return runs;
        };
    }
}
