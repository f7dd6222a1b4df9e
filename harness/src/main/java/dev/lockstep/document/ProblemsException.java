package dev.lockstep.document;

import java.util.List;
import java.util.stream.Collectors;

/** All mistakes found in one input, reported together. */
public final class ProblemsException extends LockstepException {
    private static final long serialVersionUID = 1;

    private final transient List<Problem> problems;

    public ProblemsException(List<Problem> problems) {
        super(ErrorKind.CONFIG, text(problems));
        this.problems = List.copyOf(problems);
    }

    public List<Problem> problems() {
        return problems;
    }

    private static String text(List<Problem> problems) {
        String lines = problems.stream().map(Problem::toString).collect(Collectors.joining("\n"));
        return problems.size() == 1 ? lines : lines + "\n" + problems.size() + " problems";
    }
}
