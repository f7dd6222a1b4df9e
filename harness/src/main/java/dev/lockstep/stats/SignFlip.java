package dev.lockstep.stats;

import dev.lockstep.stats.TestResult.Reason;
import java.util.Arrays;
import org.apache.commons.rng.UniformRandomProvider;

/**
 * The sign-flip permutation test for paired differences: under "no change" each difference is as likely with the other sign.
 *
 * <p>Give it one difference for each independent unit, see {@link ClusterMeans}. Zeros change no arrangement's sum, so only the
 * others are flipped; this is exact for any number of zeros, where the signed-rank test of Wilcoxon is not.
 *
 * <p>Source: Fisher, "The Design of Experiments" (1935), section 21; p-values by Phipson and Smyth, 2010.
 */
public final class SignFlip {

    private SignFlip() {}

    /**
     * Tests against a mean difference.
     *
     * @param differences finite; fewer than two are too few
     * @return the mean difference with its sign, and its p-value
     */
    public static PermutationResult test(double[] differences, Alternative alternative, Permutations permutations) {
        double[] means = means(differences, permutations);
        double[] compared =
                Arrays.stream(means).map(mean -> compared(mean, alternative)).toArray();
        return PermutationResult.of(compared, reason(differences), arrangements(differences, permutations))
                .stating(means[0]);
    }

    private static double compared(double mean, Alternative alternative) {
        return switch (alternative) {
            case TWO_SIDED -> Math.abs(mean);
            case GREATER -> mean;
            case LESS -> -mean;
        };
    }

    private static Reason reason(double[] differences) {
        if (differences.length < 2) {
            return Reason.TOO_FEW;
        }
        return nonZero(differences).length == 0 ? Reason.IDENTICAL : Reason.TESTED;
    }

    private static Arrangements arrangements(double[] differences, Permutations permutations) {
        int flipped = nonZero(differences).length;
        boolean exact = flipped < Integer.SIZE - 1 && 1 << flipped <= Arrangements.ENUMERATED;
        return new Arrangements(exact ? (1 << flipped) - 1 : permutations.draws(), exact, permutations.seed());
    }

    /** Returns the mean under the observed signs, then under others. */
    private static double[] means(double[] differences, Permutations permutations) {
        Domain.finite("differences", differences);
        double[] flipped = nonZero(differences);
        Arrangements arrangements = arrangements(differences, permutations);
        UniformRandomProvider random = permutations.random();
        double[] means = new double[arrangements.count() + 1];
        for (int i = 0; i < means.length; i++) {
            double sum = arrangements.exact() || i == 0 ? sum(flipped, i) : sum(flipped, random);
            means[i] = sum / Math.max(1, differences.length);
        }
        return means;
    }

    private static double[] nonZero(double[] differences) {
        return Arrays.stream(differences).filter(each -> each != 0).toArray();
    }

    private static double sum(double[] values, int signs) {
        double sum = 0;
        for (int i = 0; i < values.length; i++) {
            sum += (signs >>> i & 1) == 0 ? values[i] : -values[i];
        }
        return sum;
    }

    private static double sum(double[] values, UniformRandomProvider random) {
        double sum = 0;
        for (double value : values) {
            sum += random.nextBoolean() ? value : -value;
        }
        return sum;
    }
}
