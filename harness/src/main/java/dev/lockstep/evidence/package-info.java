/** Signed evidence of what a serving machine holds and runs, and the digests that others made: written there, judged elsewhere. */
@NullMarked
package dev.lockstep.evidence;

import org.jspecify.annotations.NullMarked;
