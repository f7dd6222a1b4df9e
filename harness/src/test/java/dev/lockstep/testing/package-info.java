/** Values that many tests need. */
@NullMarked
package dev.lockstep.testing;

import org.jspecify.annotations.NullMarked;
