/** How a model came from another one: what was done to it, which tensors that may change, and whether it did only that. */
@NullMarked
package dev.lockstep.derivation;

import org.jspecify.annotations.NullMarked;
