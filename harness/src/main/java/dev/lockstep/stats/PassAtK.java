package dev.lockstep.stats;

/**
 * Unbiased estimates for agents that may try several times, from {@code tries} recorded tries of one item.
 *
 * <p>Never test pass^k by a normal approximation: it is far from normal at usual numbers of tries.
 */
public final class PassAtK {

    private PassAtK() {}

    /**
     * Returns the chance that at least one of k tries succeeds: 1 − C(n−c, k) / C(n, k).
     *
     * <p>Source: M. Chen et al., arXiv 2107.03374 (2021).
     *
     * @param tries n, recorded tries
     * @param successes c, from 0 to n
     * @param k from 1 to n
     */
    public static double passAtK(int tries, int successes, int k) {
        require(tries, successes, k);
        return 1 - allFrom(tries - successes, tries, k);
    }

    /**
     * Returns the chance that all of k tries succeed, pass^k: C(c, k) / C(n, k).
     *
     * <p>Source: S. Yao et al., arXiv 2406.12045 (2024).
     *
     * @param tries n, recorded tries
     * @param successes c, from 0 to n
     * @param k from 1 to n
     */
    public static double passHatK(int tries, int successes, int k) {
        require(tries, successes, k);
        return allFrom(successes, tries, k);
    }

    /** Returns C(part, k) / C(whole, k) without large numbers; 0 when part is smaller than k. */
    private static double allFrom(int part, int whole, int k) {
        double chance = 1;
        for (int i = 0; i < k && chance > 0; i++) {
            chance *= Math.max(0, part - i) / (double) (whole - i);
        }
        return chance;
    }

    private static void require(int tries, int successes, int k) {
        Proportion recorded = new Proportion(successes, tries);
        if (k < 1 || k > recorded.trials()) {
            throw new IllegalArgumentException("k must lie in [1, " + tries + "], the recorded tries; is " + k);
        }
    }
}
