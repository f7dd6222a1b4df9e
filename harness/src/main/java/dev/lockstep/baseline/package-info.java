/** The approved runs under one lock, what they scored, and the noise measured between them. */
@NullMarked
package dev.lockstep.baseline;

import org.jspecify.annotations.NullMarked;
