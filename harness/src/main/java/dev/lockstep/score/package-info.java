/** Scorers: how good one answer is, by rules that never change without a new version. */
@NullMarked
package dev.lockstep.score;

import org.jspecify.annotations.NullMarked;
