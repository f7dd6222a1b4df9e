package dev.lockstep.simulation;

import java.util.Arrays;
import java.util.random.RandomGenerator;

/**
 * What decides between tokens: nothing for greedy answers, Gumbel noise for sampled ones.
 *
 * <p>The largest of logit / T + Gumbel noise is a sample at temperature T; the noise of a fixed seed makes it a repeatable one.
 */
final class Choices {

    private Choices() {}

    /** Returns the choices of a greedy answer. */
    static double[][] greedy(int length) {
        return new double[length][ToyModel.TOKENS];
    }

    /** Returns the choices of one sampled answer, in units of logits. */
    static double[][] sampled(int length, double temperature, RandomGenerator seeded) {
        double[][] choices = new double[length][ToyModel.TOKENS];
        for (double[] position : choices) {
            Arrays.setAll(position, token -> -temperature * Math.log(-Math.log(1 - seeded.nextDouble())));
        }
        return choices;
    }
}
