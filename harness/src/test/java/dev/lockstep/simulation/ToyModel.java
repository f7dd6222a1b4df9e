package dev.lockstep.simulation;

import dev.lockstep.stats.Divergence;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * A language model small enough to know everything about it: 40 tokens, and a table of logits for the next one.
 *
 * <p>Prompt and last two tokens choose the row, so that answers wander through the table. The logits' standard deviation of 3.5
 * gives a mean entropy of 1.3 nats at temperature 1, and with a noise floor of .05 about one answer of 50 tokens in three repeats.
 */
final class ToyModel {
    static final int TOKENS = 40;

    private static final int ROWS = 2_048;
    private static final double SPREAD = 3.5;
    private static final double FIRST_SCALE = 0.1;
    private static final int STEPS = 6;

    private final double[][] table;
    private final RowWeights[] weights;

    private ToyModel(double[][] table) {
        this.table = table;
        this.weights = Arrays.stream(table).map(RowWeights::of).toArray(RowWeights[]::new);
    }

    static ToyModel seeded(long seed) {
        return new ToyModel(gaussian(seed, SPREAD));
    }

    /**
     * Returns this model with changed weights: every logit is moved along a random direction.
     *
     * @param seed of the direction
     * @param divergence the mean divergence from this model, {@link #divergence}, that the change shall have, in nats
     */
    ToyModel perturbed(long seed, double divergence) {
        double[][] direction = gaussian(seed, 1);
        double scale = FIRST_SCALE;
        for (int i = 0; i < STEPS; i++) {
            // To the first order a divergence grows with the square of the scale.
            scale *= Math.sqrt(divergence / divergence(moved(direction, scale)));
        }
        return moved(direction, scale);
    }

    /** Returns the divergence of Kullback and Leibler of the other model from this one, averaged over all rows, in nats. */
    double divergence(ToyModel other) {
        return IntStream.range(0, ROWS)
                .mapToDouble(row -> divergence(other, row))
                .average()
                .orElseThrow();
    }

    /** Returns the divergence at one row. */
    double divergence(ToyModel other, int row) {
        return Divergence.kullbackLeibler(probabilities(table[row], 1), probabilities(other.table[row], 1));
    }

    /** Returns the row of a context; without tokens yet both are 0. */
    static int row(int prompt, int last, int beforeLast) {
        long mixed = Replicates.mixed(((long) prompt * TOKENS + last) * TOKENS + beforeLast);
        return (int) (mixed & (ROWS - 1));
    }

    static int rows() {
        return ROWS;
    }

    /** Returns the logits of a row, which must not be written to. */
    double[] logits(int row) {
        return table[row];
    }

    RowWeights weights(int row) {
        return weights[row];
    }

    /** Returns the probabilities that logits have at a temperature. */
    static double[] probabilities(double[] logits, double temperature) {
        double largest = Arrays.stream(logits).max().orElseThrow();
        double[] weights = new double[logits.length];
        Arrays.setAll(weights, token -> Math.exp((logits[token] - largest) / temperature));
        double sum = Arrays.stream(weights).sum();
        Arrays.setAll(weights, token -> weights[token] / sum);
        return weights;
    }

    private ToyModel moved(double[][] direction, double scale) {
        double[][] moved = new double[ROWS][TOKENS];
        for (int row = 0; row < ROWS; row++) {
            for (int token = 0; token < TOKENS; token++) {
                moved[row][token] = table[row][token] + scale * direction[row][token];
            }
        }
        return new ToyModel(moved);
    }

    private static double[][] gaussian(long seed, double deviation) {
        SplittableRandom random = new SplittableRandom(seed);
        double[][] table = new double[ROWS][TOKENS];
        for (double[] row : table) {
            Arrays.setAll(row, token -> deviation * random.nextGaussian());
        }
        return table;
    }
}
