package dev.lockstep.derivation;

import java.util.Optional;

/** What an adapter says of one matrix. */
final class LowRankPair {
    private final double[][] down;
    private final double[][] up;
    private final Optional<double[]> lengths;
    private final double scale;

    /**
     * Takes the numbers.
     *
     * @param down A: a row for each rank
     * @param up B: a row for each row of the matrix
     * @param lengths what DoRA makes the lengths of the rows; empty in LoRA
     * @param scale what the adapter's own file multiplies the product by
     */
    LowRankPair(double[][] down, double[][] up, Optional<double[]> lengths, double scale) {
        this.down = down;
        this.up = up;
        this.lengths = lengths;
        this.scale = scale;
    }

    /** Tells whether it fits a matrix of so many rows and columns. */
    boolean fits(int rows, int columns) {
        boolean isOfRank = down.length > 0 && up.length == rows && up[0].length == down.length;
        return isOfRank
                && down[0].length == columns
                && lengths.filter(each -> each.length != rows).isEmpty();
    }

    int rank() {
        return down.length;
    }

    double scale() {
        return scale;
    }

    boolean hasLengths() {
        return lengths.isPresent();
    }

    /** Returns the length that a row of the sum gets. */
    double length(int row) {
        return lengths.orElseThrow()[row];
    }

    /** Returns one term of a number of the product: B of its row times A of its column. */
    double term(int row, int rank, int column) {
        return up[row][rank] * down[rank][column];
    }
}
