package dev.lockstep.document;

/** Takes the bytes of a file from first to last, from one thread. */
@FunctionalInterface
public interface ByteSink {

    /** Takes the first {@code length} of {@code bytes}; they are overwritten when this returns. */
    void take(byte[] bytes, int length);
}
