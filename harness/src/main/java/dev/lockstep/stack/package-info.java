/** Stacks that run: starting and stopping them, what a live server says of itself, and whether it is the locked one. */
@NullMarked
package dev.lockstep.stack;

import org.jspecify.annotations.NullMarked;
