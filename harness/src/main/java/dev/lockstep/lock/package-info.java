/** The lock: what a stack is made of, layer by layer, with digests; its file, its id, and how two of them differ. */
@NullMarked
package dev.lockstep.lock;

import org.jspecify.annotations.NullMarked;
