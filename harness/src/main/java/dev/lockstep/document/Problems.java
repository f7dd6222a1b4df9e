package dev.lockstep.document;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Collects the mistakes in one input, so that all of them are reported at once. */
public final class Problems {
    private final List<Problem> found = new ArrayList<>();

    public void add(Position position, String message) {
        found.add(new Problem(position, message));
    }

    public boolean isEmpty() {
        return found.isEmpty();
    }

    /** Returns what was found, each once, in the order of the files' lines. */
    public List<Problem> list() {
        return found.stream()
                .distinct()
                .sorted(Comparator.comparing(
                                (Problem problem) -> problem.position().file().toString())
                        .thenComparingInt(problem -> problem.position().line())
                        .thenComparingInt(problem -> problem.position().column()))
                .toList();
    }

    /** Throws when anything was found. */
    public void throwIfAny() {
        if (!found.isEmpty()) {
            throw new ProblemsException(list());
        }
    }
}
