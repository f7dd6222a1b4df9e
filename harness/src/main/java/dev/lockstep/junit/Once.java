package dev.lockstep.junit;

import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;

/** A value that is made when it is first needed, once: who comes meanwhile waits, and a failure stays a failure. */
final class Once<T> {
    private final FutureTask<T> making;

    Once(Callable<T> maker) {
        this.making = new FutureTask<>(maker);
    }

    T get() {
        making.run();
        try {
            return making.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw (CancellationException) new CancellationException("interrupted").initCause(e);
        } catch (ExecutionException e) {
            throw unchecked(Objects.requireNonNull(e.getCause()));
        }
    }

    /** Returns the value, if somebody needed it and it could be made. */
    Optional<T> ifMade() {
        return making.state() == Future.State.SUCCESS ? Optional.of(making.resultNow()) : Optional.empty();
    }

    private static RuntimeException unchecked(Throwable failure) {
        return switch (failure) {
            case RuntimeException known -> known;
            case Error error -> throw error;
            default -> new IllegalStateException(failure);
        };
    }
}
