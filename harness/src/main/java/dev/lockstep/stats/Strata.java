package dev.lockstep.stats;

import java.util.Arrays;

/**
 * How many samples two arms have in each stratum, such as a prompt; labels are exchanged within a stratum only.
 *
 * <p>Samples and places are numbered from 0, stratum after stratum, the first arm's before the second's. An arrangement tells
 * for each place which sample stands there; the sample in place i belongs to the arm of that place.
 */
public final class Strata {
    private final int[] first;
    private final int[] second;
    private final int[] offsets;

    private Strata(int[] first, int[] second) {
        this.first = first;
        this.second = second;
        this.offsets = new int[first.length + 1];
        for (int stratum = 0; stratum < first.length; stratum++) {
            offsets[stratum + 1] = offsets[stratum] + first[stratum] + second[stratum];
        }
    }

    /**
     * Counts samples.
     *
     * @param first samples of the first arm by stratum, each 0 or more
     * @param second samples of the second arm, of the same length
     */
    public static Strata of(int[] first, int[] second) {
        Domain.sameLength("the arms' strata", first.length, second.length);
        if (Arrays.stream(first).anyMatch(count -> count < 0)
                || Arrays.stream(second).anyMatch(count -> count < 0)) {
            throw new IllegalArgumentException(
                    "counts must not be negative: " + Arrays.toString(first) + ", " + Arrays.toString(second));
        }
        return new Strata(first.clone(), second.clone());
    }

    int size() {
        return first.length;
    }

    int first(int stratum) {
        return first[stratum];
    }

    int second(int stratum) {
        return second[stratum];
    }

    /** Returns the number of the first sample of a stratum, or of all samples for {@code size()}. */
    int offset(int stratum) {
        return offsets[stratum];
    }

    /** Returns the arrangement that was observed. */
    int[] observed() {
        int[] order = new int[offsets[size()]];
        Arrays.setAll(order, place -> place);
        return order;
    }

    /** Returns how many ways there are to tell the arms apart, or {@code limit + 1} for any larger number. */
    int arrangements(int limit) {
        long product = 1;
        for (int stratum = 0; stratum < size() && product <= limit; stratum++) {
            product *= choose(stratum, limit);
        }
        return (int) Math.min(product, limit + 1L);
    }

    private long choose(int stratum, int limit) {
        int of = first[stratum] + second[stratum];
        int chosen = Math.min(first[stratum], second[stratum]);
        long ways = 1;
        for (int i = 1; i <= chosen && ways <= limit; i++) {
            ways = ways * (of - chosen + i) / i;
        }
        return ways;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Strata that && Arrays.equals(first, that.first) && Arrays.equals(second, that.second);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(first) + Arrays.hashCode(second);
    }
}
