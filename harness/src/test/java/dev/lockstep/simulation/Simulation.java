package dev.lockstep.simulation;

/** One experiment of the report. */
@FunctionalInterface
interface Simulation {

    /** Runs the experiment; the same effort gives the same chapter. */
    Chapter run(Effort effort);
}
