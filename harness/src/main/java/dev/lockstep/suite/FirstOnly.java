package dev.lockstep.suite;

import dev.lockstep.document.Position;
import dev.lockstep.document.Problems;
import java.util.HashSet;
import java.util.Set;

/** Reports a mistake of the suite at the first case that shows it, not once for each case. */
final class FirstOnly {
    private final Problems problems;
    private final Set<String> reported = new HashSet<>();

    FirstOnly(Problems problems) {
        this.problems = problems;
    }

    /** Reports a message unless something with the same subject was reported. */
    void report(String subject, Position position, String message) {
        if (reported.add(subject)) {
            problems.add(position, message);
        }
    }
}
