package dev.lockstep.document;

import java.util.Objects;

/** An error that a user can act on: its message says what, where, the value, what was expected and the remedy. */
public class LockstepException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final ErrorKind kind;

    public LockstepException(ErrorKind kind, String message) {
        super(message);
        this.kind = kind;
    }

    public LockstepException(ErrorKind kind, String message, Throwable cause) {
        super(message, cause);
        this.kind = kind;
    }

    @Override
    public String getMessage() {
        return Objects.requireNonNull(super.getMessage());
    }

    public ErrorKind kind() {
        return kind;
    }
}
