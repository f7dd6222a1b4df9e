package dev.lockstep.simulation;

/**
 * How much one run samples.
 *
 * @param prompts how many
 * @param samples answers to each
 * @param tokens of each answer
 */
record SampleSize(int prompts, int samples, int tokens) {

    int answers() {
        return prompts * samples;
    }

    /** Returns the size with so many times the answers to each prompt. */
    SampleSize times(int factor) {
        return new SampleSize(prompts, samples * factor, tokens);
    }

    @Override
    public String toString() {
        return prompts + " × " + samples;
    }
}
