package dev.lockstep.simulation;

import java.util.Arrays;
import java.util.stream.IntStream;

/** Tokens that a run is made to follow: the baseline's answers. */
final class Forced {
    private final int first;
    private final int[][] answers;

    /**
     * Takes the answers.
     *
     * @param first number of the first prompt; the others follow
     * @param answers one for each prompt
     */
    Forced(int first, int[][] answers) {
        this.first = first;
        this.answers = answers;
    }

    /** Returns the log-probability that an epoch gives to each token, prompt after prompt. */
    double[] logprobs(ToyEpoch epoch) {
        return IntStream.range(0, answers.length)
                .mapToObj(prompt -> epoch.logprobs(first + prompt, answers[prompt]))
                .flatMapToDouble(Arrays::stream)
                .toArray();
    }
}
