package dev.lockstep.junit;

import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.platform.engine.support.hierarchical.HierarchicalTestExecutorService;
import org.junit.platform.engine.support.hierarchical.Node.ExecutionMode;
import org.junit.platform.engine.support.hierarchical.ResourceLock;

/**
 * Runs nodes on virtual threads, one for each that may run beside others.
 *
 * <p>There is no limit here: how many questions an endpoint takes at once is its client's business.
 */
final class VirtualThreads implements HierarchicalTestExecutorService {
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    @Override
    @SuppressWarnings("NullAway") // a Void is null: JUnit 6 says so in its signature, JUnit 5 does not
    public Future<Void> submit(TestTask task) {
        return threads.submit(() -> {
            run(task);
            return null;
        });
    }

    @Override
    public void invokeAll(List<? extends TestTask> tasks) {
        List<Future<?>> beside = tasks.stream()
                .filter(task -> task.getExecutionMode() == ExecutionMode.CONCURRENT)
                .<Future<?>>map(this::submit)
                .toList();
        try {
            for (TestTask task : tasks) {
                if (task.getExecutionMode() == ExecutionMode.SAME_THREAD) {
                    run(task);
                }
            }
            for (Future<?> task : beside) {
                task.get();
            }
        } catch (InterruptedException e) {
            beside.forEach(task -> task.cancel(true));
            Thread.currentThread().interrupt();
            throw (CancellationException) new CancellationException("interrupted while tests ran").initCause(e);
        } catch (ExecutionException e) {
            throw new IllegalStateException("a test could not be run", e.getCause());
        }
    }

    /** Starts nothing once this executor is closed: JUnit clears a thread's interruption after each node. */
    private void run(TestTask task) throws InterruptedException {
        if (threads.isShutdown()) {
            throw new CancellationException("the tests were interrupted");
        }
        ResourceLock lock = task.getResourceLock().acquire();
        try {
            task.execute();
        } finally {
            lock.release();
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
        threads.close();
    }
}
