package dev.lockstep.document;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongConsumer;
import java.util.stream.Stream;

/**
 * One reading of a file from first to last, whose bytes go to several sinks at once.
 *
 * <p>The reader runs ahead of the sinks by 2 MiB at most, and that is all the memory that a reading takes.
 */
public final class FileReading implements Closeable {
    private static final int BLOCK_BYTES = 1 << 18;
    private static final int BLOCKS = 8;

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
        if (size <= BLOCK_BYTES) {
            Block whole = new Block((int) size);
            int length = whole.fill(channel, size);
            sinks.forEach(sink -> sink.take(whole.bytes, length));
            read.accept(length);
        } else {
            readAhead(sinks, read);
        }
        if (channel.size() != size || !FileKey.of(file).equals(key)) {
            throw changed();
        }
    }

    private void readAhead(List<ByteSink> sinks, LongConsumer read) throws IOException {
        List<Block> ring =
                Stream.generate(() -> new Block(BLOCK_BYTES)).limit(BLOCKS).toList();
        try (Lanes lanes = new Lanes(sinks)) {
            int next = 0;
            for (long at = 0; at < size; next++) {
                Block block = ring.get(next % BLOCKS);
                block.taken.join();
                int length = block.fill(channel, size - at);
                block.taken = lanes.take(block.bytes, length);
                at += length;
                read.accept(length);
            }
            ring.forEach(block -> block.taken.join());
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }

    private static IOException changed() {
        return new IOException("it changed meanwhile; let nothing write to it, and start again");
    }

    /** Some bytes of the file, and what ends when nobody needs them any more. */
    private static final class Block {
        private final byte[] bytes;
        private CompletableFuture<Void> taken = CompletableFuture.completedFuture(null);

        Block(int length) {
            bytes = new byte[length];
        }

        /** Reads as much as there is room for, of the {@code left} bytes that are left. */
        int fill(FileChannel channel, long left) throws IOException {
            ByteBuffer buffer = ByteBuffer.wrap(bytes, 0, (int) Math.min(bytes.length, left));
            while (buffer.hasRemaining()) {
                if (channel.read(buffer) < 0) {
                    throw changed();
                }
            }
            return buffer.position();
        }
    }
}
