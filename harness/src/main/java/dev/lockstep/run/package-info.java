/** Asking a plan of a stack: plan, run log, runner and resume; the run log is the truth about a run. */
@NullMarked
package dev.lockstep.run;

import org.jspecify.annotations.NullMarked;
