package dev.lockstep.stats;

import java.util.Arrays;

/**
 * The exact distribution of a whole number, to be added to others that are independent of it.
 *
 * <p>Ends whose probability is below 1e-290 are cut: they cannot be told from 0, and most of the work would go there.
 */
final class Convolution {
    /** The number that is always 0. */
    static final Convolution ZERO = new Convolution(0, new double[] {1});

    private static final double NOTHING = 1e-290;

    private final int least;
    private final double[] probabilities;

    /** Makes the number that is {@code least + i} with probability {@code probabilities[i]}; not all may be below 1e-290. */
    Convolution(int least, double[] probabilities) {
        int first = 0;
        while (probabilities[first] < NOTHING) {
            first++;
        }
        int last = probabilities.length;
        while (probabilities[last - 1] < NOTHING) {
            last--;
        }
        this.least = least + first;
        this.probabilities = Arrays.copyOfRange(probabilities, first, last);
    }

    /** Returns the sum of this number and an independent other one. */
    Convolution plus(Convolution other) {
        double[] sums = new double[probabilities.length + other.probabilities.length - 1];
        for (int j = 0; j < other.probabilities.length; j++) {
            double chance = other.probabilities[j];
            for (int i = 0; i < probabilities.length; i++) {
                sums[i + j] += probabilities[i] * chance;
            }
        }
        return new Convolution(least + other.least, sums);
    }

    /** Returns the sum of {@code count} independent numbers like this one, by doubling. */
    Convolution times(int count) {
        if (count == 0) {
            return ZERO;
        }
        Convolution half = times(count / 2);
        Convolution even = half.plus(half);
        return count % 2 == 0 ? even : even.plus(this);
    }

    double probability(int sum) {
        int index = sum - least;
        return index < 0 || index >= probabilities.length ? 0 : probabilities[index];
    }

    /** Returns the total probability of all sums that are at most as probable as {@code limit}. */
    double noMoreProbableThan(double limit) {
        return Arrays.stream(probabilities).filter(each -> each <= limit).sum();
    }
}
