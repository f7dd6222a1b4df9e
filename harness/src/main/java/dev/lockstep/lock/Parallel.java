package dev.lockstep.lock;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Runs tasks on a few threads of their own and returns what they return, in their order. */
final class Parallel {

    private Parallel() {}

    /**
     * Runs them all, those that stand first first.
     *
     * @throws CancellationException when the waiting thread is interrupted; then the tasks are, too
     */
    static <T> List<T> run(int threads, List<? extends Callable<T>> tasks) {
        try (ExecutorService pool = Executors.newFixedThreadPool(
                Math.max(1, Math.min(threads, tasks.size())),
                Thread.ofPlatform().daemon().name("file").factory())) {
            List<T> results = new ArrayList<>();
            for (Future<T> ended : pool.invokeAll(tasks)) {
                results.add(result(ended));
            }
            return results;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw (CancellationException) new CancellationException("interrupted while files were read").initCause(e);
        }
    }

    private static <T> T result(Future<T> ended) {
        if (ended.state() == Future.State.FAILED) {
            throw ended.exceptionNow() instanceof RuntimeException failure
                    ? failure
                    : new IllegalStateException(ended.exceptionNow());
        }
        return ended.resultNow();
    }
}
