package dev.lockstep.stats;

import java.util.stream.IntStream;

/** The normalised similarity of each pair of some sequences: 1 of a sequence with an equal one, and never above. */
final class PairSimilarities {
    private final double[] values;
    private final double[] sums;

    PairSimilarities(int[][] sequences, Similarity similarity) {
        int size = sequences.length;
        this.values = new double[size * size];
        this.sums = new double[size];
        double[] own = IntStream.range(0, size)
                .mapToDouble(i -> similarity.of(sequences[i], sequences[i]))
                .toArray();
        for (int i = 0; i < size; i++) {
            for (int j = 0; j < i; j++) {
                set(i, j, normalised(similarity.of(sequences[i], sequences[j]), own[i], own[j]));
            }
        }
    }

    /** Two empty sequences are equal; an empty one has nothing in common with any other. */
    private static double normalised(double common, double own, double other) {
        if (own == 0 && other == 0) {
            return 1;
        }
        return common == 0 ? 0 : common / Math.sqrt(own * other);
    }

    private void set(int i, int j, double value) {
        values[i * sums.length + j] = value;
        values[j * sums.length + i] = value;
        sums[i] += value;
        sums[j] += value;
    }

    double of(int i, int j) {
        return values[i * sums.length + j];
    }

    /** Returns the sum of the similarities of one sequence with all others. */
    double sum(int i) {
        return sums[i];
    }
}
