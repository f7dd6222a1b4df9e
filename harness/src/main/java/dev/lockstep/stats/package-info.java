/** Statistical tests as pure functions on primitive values. */
@NullMarked
package dev.lockstep.stats;

import org.jspecify.annotations.NullMarked;
