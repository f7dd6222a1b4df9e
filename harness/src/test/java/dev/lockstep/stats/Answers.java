package dev.lockstep.stats;

import java.util.Random;

/** Answers of a toy model: at each position one token with a fixed chance, else one of six others. */
final class Answers {

    private Answers() {}

    /** Draws 5 prompts × 6 samples × 8 tokens, answers ending early by chance. */
    static int[][][] of(Random random, double likeliest) {
        int[][][] answers = new int[5][6][];
        for (int prompt = 0; prompt < answers.length; prompt++) {
            for (int sample = 0; sample < answers[prompt].length; sample++) {
                answers[prompt][sample] = random.ints(4 + random.nextInt(5), 0, 1_000)
                        .map(draw -> draw < 1_000 * likeliest ? 7 : draw % 6)
                        .toArray();
            }
        }
        return answers;
    }
}
