package dev.lockstep.cli;

import dev.lockstep.document.LockstepException;

/** The exit codes that do not come from a verdict, and the way from an error to one. */
final class ExitCode {
    static final int OK = 0;
    /** What {@code lock diff --exit-code} asks for. */
    static final int DIFFERENT = 1;

    static final int LOCK_BROKEN = 2;
    static final int UNVERIFIABLE = 3;
    static final int UNREACHABLE = 4;
    static final int USAGE = 64;
    static final int MISSING = 69;
    static final int BUG = 70;
    static final int INTERRUPTED = 130;

    private ExitCode() {}

    static int of(LockstepException error) {
        return switch (error.kind()) {
            case CONFIG, SCORER, BASELINE -> USAGE;
            case LOCK -> LOCK_BROKEN;
            case ENDPOINT, TIMEOUT, PREREQUISITE -> MISSING;
        };
    }
}
