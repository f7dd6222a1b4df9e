package dev.lockstep.stats;

import java.util.List;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.simple.RandomSource;

/**
 * How a permutation test draws: all arrangements where there are at most 50,000, else random ones.
 *
 * @param seed of the random arrangements; take a hash of lock and run, so that a verdict can be computed again
 * @param draws random arrangements, at least 1; the smallest p-value is 1 / (draws + 1)
 */
public record Permutations(long seed, int draws) {
    /** The draws of a verdict: p-values down to 1e-4. */
    public static final int DRAWS = 9_999;

    /** Rejects a plan without a draw. */
    public Permutations {
        if (draws < 1) {
            throw new IllegalArgumentException("needs at least 1 draw, has " + draws);
        }
    }

    /** Returns the plan of a verdict, with {@link #DRAWS} draws. */
    public static Permutations seeded(long seed) {
        return new Permutations(seed, DRAWS);
    }

    /** Tests whether the labels of the arms matter to one statistic, by permuting them within strata. */
    public PermutationResult test(TwoArmStatistic statistic) {
        return NullDistribution.of(List.of(statistic), this).result(0);
    }

    /**
     * Tests several statistics of the same arms on the same arrangements, as one family.
     *
     * @param statistics at least one, all with equal strata
     */
    public FamilyResult family(List<TwoArmStatistic> statistics) {
        return FamilyResult.of(NullDistribution.of(statistics, this));
    }

    UniformRandomProvider random() {
        return RandomSource.XO_SHI_RO_256_PP.create(seed);
    }
}
