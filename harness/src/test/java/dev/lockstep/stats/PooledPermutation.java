package dev.lockstep.stats;

import java.util.function.ToDoubleFunction;

/** The permutation p-value of peers, which differs from ours: labels move across strata, and it can be 0. */
final class PooledPermutation {

    private PooledPermutation() {}

    /** Returns the share of permutations whose statistic is at least the observed one; {@code arms} has one stratum. */
    static double share(Strata arms, Permutations permutations, ToDoubleFunction<int[]> statistic) {
        Shuffles shuffles = new Shuffles(arms, permutations.random());
        int[] order = arms.observed();
        double observed = statistic.applyAsDouble(order);
        int larger = 0;
        for (int draw = 0; draw < permutations.draws(); draw++) {
            shuffles.advance(order);
            if (statistic.applyAsDouble(order) >= observed) {
                larger++;
            }
        }
        return larger / (double) permutations.draws();
    }
}
