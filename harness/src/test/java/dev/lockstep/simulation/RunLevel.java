package dev.lockstep.simulation;

import java.util.random.RandomGenerator;

/** A layer that is calibrated on whole runs of an unchanged stack. */
@FunctionalInterface
interface RunLevel {

    /**
     * Draws a baseline and an unchanged night.
     *
     * @param runs how many calibration runs, each of an epoch of its own
     */
    Night draw(int runs, RandomGenerator random);

    /** One night beside its baseline. */
    @FunctionalInterface
    interface Night {

        /** Returns the p-value by the first so many calibration runs. */
        double pValue(int runs);
    }
}
