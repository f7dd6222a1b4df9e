/** Suites of prompts: their cases and media, and the reader that reports every mistake with its position. */
@NullMarked
package dev.lockstep.suite;

import org.jspecify.annotations.NullMarked;
