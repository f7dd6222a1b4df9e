package dev.lockstep.document;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.LongConsumer;

/**
 * One reading of a file from first to last, whose bytes go to several sinks at once.
 *
 * <p>It takes 2 MiB of memory at most.
 */
public final class FileReading implements Closeable {
    private final Path file;
    private final FileChannel channel;
    private final long size;
    private final Optional<FileKey> key;

    private FileReading(Path file, FileChannel channel) throws IOException {
        this.file = file;
        this.channel = channel;
        this.key = FileKey.of(file);
        this.size = channel.size();
    }

    /** Opens a regular file. */
    public static FileReading open(Path file) throws IOException {
        UnreadableFile.requireFile(file);
        FileChannel channel = FileChannel.open(file);
        try {
            return new FileReading(file, channel);
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    public long size() {
        return size;
    }

    /** Returns what the file was known by when it was opened; empty where the file system knows no inodes. */
    public Optional<FileKey> key() {
        return key;
    }

    /**
     * Reads the whole file; returns when all sinks have taken all of it.
     *
     * @param read takes how many bytes were read since it last heard
     * @throws IOException when the file cannot be read, or changes meanwhile
     */
    public void run(List<ByteSink> sinks, LongConsumer read) throws IOException {
        SharedBlocks blocks = new SharedBlocks(channel, size, sinks.size(), read);
        if (size <= SharedBlocks.BLOCK_BYTES) {
            for (ByteSink sink : sinks) {
                blocks.takeAll(sink);
            }
        } else {
            sideBySide(blocks, sinks);
        }
        if (channel.size() != size || !FileKey.of(file).equals(key)) {
            throw changed();
        }
    }

    /** The first sink works on this thread, each other on one of its own. */
    private static void sideBySide(SharedBlocks blocks, List<ByteSink> sinks) throws IOException {
        List<Future<?>> others = new ArrayList<>();
        try (ExecutorService threads = Executors.newThreadPerTaskExecutor(
                Thread.ofPlatform().daemon().name("digest").factory())) {
            sinks.stream()
                    .skip(1)
                    .forEach(sink -> others.add(threads.submit(() -> {
                        blocks.takeAll(sink);
                        return sink;
                    })));
            blocks.takeAll(sinks.getFirst());
        }
        for (Future<?> other : others) {
            requireSuccess(other);
        }
    }

    private static void requireSuccess(Future<?> ended) throws IOException {
        if (ended.state() != Future.State.FAILED) {
            return;
        }
        switch (ended.exceptionNow()) {
            case IOException e -> throw e;
            case RuntimeException e -> throw e;
            case Throwable e -> throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }

    static IOException changed() {
        return new IOException("it changed meanwhile; let nothing write to it, and start again");
    }
}
