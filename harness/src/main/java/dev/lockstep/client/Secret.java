package dev.lockstep.client;

/** A value that must never be printed, logged or recorded. */
public record Secret(String reveal) {

    @Override
    public String toString() {
        return "***";
    }
}
