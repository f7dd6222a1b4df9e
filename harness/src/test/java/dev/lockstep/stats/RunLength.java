package dev.lockstep.stats;

import org.apache.commons.statistics.distribution.NormalDistribution;

/**
 * The average run length of a CUSUM of normal values, as a Markov chain.
 *
 * <p>Source: Brook and Evans, "An approach to the probability distribution of CUSUM run length", Biometrika 59 (1972).
 */
final class RunLength {
    private static final NormalDistribution NORMAL = NormalDistribution.of(0, 1);

    private RunLength() {}

    /** Returns the length until either of two sums signals: 1/L = 1/L⁺ + 1/L⁻. */
    static double twoSided(double allowance, double decision, double shift) {
        return 1 / (1 / oneSided(allowance, decision, shift) + 1 / oneSided(allowance, decision, -shift));
    }

    /** Extrapolates to a chain of infinitely many states: the error shrinks with the square of their number. */
    private static double oneSided(double allowance, double decision, double shift) {
        double coarse = chain(allowance, decision, shift, 60);
        double fine = chain(allowance, decision, shift, 120);
        return fine + (fine - coarse) / 3;
    }

    private static double chain(double allowance, double decision, double shift, int states) {
        double width = 2 * decision / (2 * states - 1);
        double[][] equations = new double[states][states + 1];
        for (int from = 0; from < states; from++) {
            for (int to = 0; to < states; to++) {
                double upper = NORMAL.cumulativeProbability((to - from + .5) * width + allowance - shift);
                double lower = to == 0 ? 0 : NORMAL.cumulativeProbability((to - from - .5) * width + allowance - shift);
                equations[from][to] = (from == to ? 1 : 0) - (upper - lower);
            }
            equations[from][states] = 1;
        }
        return firstUnknown(equations);
    }

    /** Eliminates all unknowns but the first, from the last on; the matrix is diagonally dominant. */
    private static double firstUnknown(double[][] equations) {
        int constant = equations.length;
        for (int pivot = constant - 1; pivot > 0; pivot--) {
            for (int row = 0; row < pivot; row++) {
                double factor = equations[row][pivot] / equations[pivot][pivot];
                for (int column = 0; column < pivot; column++) {
                    equations[row][column] -= factor * equations[pivot][column];
                }
                equations[row][constant] -= factor * equations[pivot][constant];
            }
        }
        return equations[0][constant] / equations[0][0];
    }
}
