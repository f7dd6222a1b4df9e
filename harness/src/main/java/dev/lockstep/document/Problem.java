package dev.lockstep.document;

/** One mistake of a user: where it stands, and a message with value, expectation and remedy. */
public record Problem(Position position, String message) {

    @Override
    public String toString() {
        return position + ": " + message;
    }
}
