/** The starter suites as JUnit tests: one marker class for each folder, asked of the embedded stack. */
@NullMarked
package dev.lockstep.suites;

import org.jspecify.annotations.NullMarked;
