package dev.lockstep.junit;

import dev.lockstep.document.ErrorKind;
import dev.lockstep.document.LockstepException;
import dev.lockstep.document.Position;
import dev.lockstep.gate.Verdict;
import org.opentest4j.AssertionFailedError;

/**
 * How a test of ours fails: as an assertion when the stack is not what was approved, as an error when nothing can be said.
 *
 * <p>The only stack frame is the place in the suite file, so that a failure links to it; Java's frames would be the same for
 * every case.
 */
record Failures(String suite, String test, Position position) {
    private static final String EXPECTED = "PASS";

    AssertionFailedError failure(Verdict verdict) {
        return placed(new AssertionFailedError(text(verdict), EXPECTED, verdict.name()));
    }

    LockstepException error(Verdict.Invalid invalid) {
        return placed(new LockstepException(ErrorKind.ENDPOINT, text(invalid)));
    }

    LockstepException error(LockstepException cause) {
        return placed(new LockstepException(cause.kind(), cause.getMessage(), cause));
    }

    private static String text(Verdict verdict) {
        return verdict.title() + ": " + String.join("\n", verdict.reasons());
    }

    private <T extends Throwable> T placed(T failure) {
        failure.setStackTrace(new StackTraceElement[] {
            new StackTraceElement(suite, test, position.file().toString(), position.line())
        });
        return failure;
    }
}
