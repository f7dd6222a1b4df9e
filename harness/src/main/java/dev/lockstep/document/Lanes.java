package dev.lockstep.document;

import java.io.Closeable;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Gives each block of a file to all sinks, each on a thread of its own, in the order of the file. */
final class Lanes implements Closeable {
    private final List<Lane> lanes = new ArrayList<>();

    private record Lane(ByteSink sink, ExecutorService thread) {}

    Lanes(List<ByteSink> sinks) {
        sinks.forEach(sink -> lanes.add(new Lane(
                sink,
                Executors.newSingleThreadExecutor(
                        Thread.ofPlatform().daemon().name("digest").factory()))));
    }

    /** Returns at once; what it returns ends when all sinks have taken the block. */
    CompletableFuture<Void> take(byte[] bytes, int length) {
        return CompletableFuture.allOf(lanes.stream()
                .map(lane -> CompletableFuture.runAsync(() -> lane.sink().take(bytes, length), lane.thread()))
                .toArray(CompletableFuture<?>[]::new));
    }

    @Override
    public void close() {
        lanes.forEach(lane -> lane.thread().close());
    }
}
