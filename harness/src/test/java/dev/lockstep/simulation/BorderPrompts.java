package dev.lockstep.simulation;

import java.util.Arrays;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/** Prompts of the toy model whose first greedy token hangs in the balance. */
final class BorderPrompts {
    private static final int PROMPTS = 1 << 24;

    private BorderPrompts() {}

    /** Draws prompts whose two likeliest first tokens lie closer than a distance, in units of logits. */
    static int[] any(int count, double closer, RandomGenerator random) {
        return IntStream.generate(() -> random.nextInt(PROMPTS))
                .filter(prompt -> gap(prompt) < closer)
                .limit(count)
                .toArray();
    }

    private static double gap(int prompt) {
        double[] sorted = Arrays.stream(Toy.MODEL.logits(ToyModel.row(prompt, 0, 0)))
                .sorted()
                .toArray();
        return sorted[sorted.length - 1] - sorted[sorted.length - 2];
    }
}
