/** Simulations that say how often the statistics, and those of peers, are right: a toy language model, scores, and the tables. */
@NullMarked
package dev.lockstep.simulation;

import org.jspecify.annotations.NullMarked;
