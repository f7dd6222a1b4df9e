package dev.lockstep.score;

import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;

/**
 * A stack of a fixed size for a match that nests.
 *
 * <p>{@link java.util.regex} takes stack for each repetition of a group. What the calling thread has left depends on the
 * machine's {@code -Xss}, on who called, and on whether the thread is virtual; a score must not.
 */
final class DeepStack {
    private static final long BYTES = 16L << 20;

    private DeepStack() {}

    /** Returns what a match says; empty when it needs more stack, or more looks, than there are. */
    static Optional<Boolean> call(BooleanSupplier match) {
        AtomicReference<Optional<Boolean>> result = new AtomicReference<>(Optional.empty());
        Thread thread = new Thread(null, () -> result.set(bounded(match)), "match", BYTES);
        thread.setDaemon(true);
        thread.start();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancellationException("interrupted while an answer was matched");
        }
        return result.get();
    }

    private static Optional<Boolean> bounded(BooleanSupplier match) {
        try {
            return Optional.of(match.getAsBoolean());
        } catch (BoundedText.TooManyLooksException | StackOverflowError e) {
            return Optional.empty();
        }
    }
}
