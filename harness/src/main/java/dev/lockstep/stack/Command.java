package dev.lockstep.stack;

import dev.lockstep.document.ErrorKind;
import dev.lockstep.document.LockstepException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** A program that runs to its end: its output is collected, what it says meanwhile is passed on line by line. */
final class Command {
    private static final int TAIL_LINES = 40;

    private final List<String> words;
    private final Map<String, String> environment;
    private final Duration patience;
    private final Consumer<String> progress;

    Command(List<String> words, Map<String, String> environment, Duration patience, Consumer<String> progress) {
        this.words = List.copyOf(words);
        this.environment = Map.copyOf(environment);
        this.patience = patience;
        this.progress = progress;
    }

    /** How a command ended; the tail is the last lines of its standard error. */
    record Result(int exitCode, String output, String tail) {}

    Result run() {
        Process process = start();
        try (ExecutorService readers = Executors.newVirtualThreadPerTaskExecutor()) {
            CompletableFuture<String> output = CompletableFuture.supplyAsync(() -> all(process), readers);
            CompletableFuture<String> tail = CompletableFuture.supplyAsync(() -> tail(process), readers);
            await(process);
            return new Result(process.exitValue(), output.get(), tail.get());
        } catch (ExecutionException e) {
            throw failure("its output cannot be read", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw failure("interrupted", e);
        } finally {
            process.destroy();
        }
    }

    private Process start() {
        try {
            ProcessBuilder builder = new ProcessBuilder(words);
            builder.environment().clear();
            builder.environment().putAll(environment);
            Process process = builder.start();
            process.getOutputStream().close();
            return process;
        } catch (IOException e) {
            throw failure("cannot be started: " + e.getMessage(), e);
        }
    }

    private void await(Process process) throws InterruptedException {
        try {
            if (process.waitFor(patience.toSeconds(), TimeUnit.SECONDS)) {
                return;
            }
        } catch (InterruptedException e) {
            process.destroy();
            throw e;
        }
        process.destroy();
        throw new LockstepException(
                ErrorKind.TIMEOUT, String.join(" ", words) + ": no end after " + patience.toSeconds() + " s; ended it");
    }

    private static String all(Process process) {
        try {
            return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String tail(Process process) {
        Deque<String> last = new ArrayDeque<>();
        try (BufferedReader lines = process.errorReader(StandardCharsets.UTF_8)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                progress.accept(line);
                last.addLast(line);
                if (last.size() > TAIL_LINES) {
                    last.removeFirst();
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return String.join("\n", last);
    }

    private LockstepException failure(String what, Exception cause) {
        return new LockstepException(ErrorKind.PREREQUISITE, String.join(" ", words) + ": " + what, cause);
    }
}
