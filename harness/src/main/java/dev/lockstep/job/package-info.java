/** The jobs that users start: verify, run, score, judge; the command line and JUnit both call these. */
@NullMarked
package dev.lockstep.job;

import org.jspecify.annotations.NullMarked;
