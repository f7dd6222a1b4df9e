/** Detectors, and the decision from their findings to a verdict. */
@NullMarked
package dev.lockstep.gate;

import org.jspecify.annotations.NullMarked;
