package dev.lockstep.junit;

import java.nio.file.Path;
import org.junit.platform.engine.DiscoverySelector;

/** What every selector of ours comes down to: a suite file that can be read, or something in it. */
sealed interface EvalSelector extends DiscoverySelector {

    /** Returns the suite file, absolute. */
    Path file();

    /** A whole suite: its cases and its verdict. */
    record OfSuite(Path file) implements EvalSelector {}

    /** All cases of a suite. */
    record OfCases(Path file) implements EvalSelector {}

    /** One case. */
    record OfCase(Path file, String caseId) implements EvalSelector {}

    /** The verdict over a suite. */
    record OfVerdict(Path file) implements EvalSelector {}
}
