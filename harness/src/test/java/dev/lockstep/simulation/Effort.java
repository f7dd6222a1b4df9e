package dev.lockstep.simulation;

/**
 * How much work a simulation does.
 *
 * @param seed of all experiments
 * @param quick whether a hundredth of the repetitions is enough: it shows that the tables can be made, not what is true
 */
record Effort(long seed, boolean quick) {
    private static final int QUICK = 100;
    private static final int FEWEST = 8;

    /**
     * Returns the repetitions of an experiment.
     *
     * @param experiment its name: another name draws other numbers
     * @param full how many make the figure that is published
     */
    Replicates replicates(String experiment, int full) {
        long own = Replicates.mixed(seed) + experiment.hashCode();
        return new Replicates(Replicates.mixed(own), scaled(full));
    }

    /** Returns how many nights to judge against one baseline: all, or the one that a quick run takes. */
    int nights(int full) {
        return quick ? 1 : full;
    }

    /** Returns the count, or the hundredth that a quick run takes. */
    int scaled(int full) {
        return quick ? Math.max(Math.min(full, FEWEST), full / QUICK) : full;
    }
}
