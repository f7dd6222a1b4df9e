/** The JUnit Platform engine, a thin face of the jobs. */
@NullMarked
package dev.lockstep.junit;

import org.jspecify.annotations.NullMarked;
