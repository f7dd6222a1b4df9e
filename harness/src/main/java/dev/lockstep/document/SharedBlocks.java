package dev.lockstep.document;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongConsumer;
import java.util.stream.Stream;

/**
 * The blocks of a file, which several takers take one after the other, each on its thread.
 *
 * <p>Whoever first needs the next block reads it. So no thread does nothing but read, and the takers stay close together: the one
 * that is ahead has the work of reading. Nobody gets further ahead than there are blocks in the ring.
 */
final class SharedBlocks {
    static final int BLOCK_BYTES = 1 << 18;

    private static final int BLOCKS = 8;
    private static final long LONGEST_WAIT_MILLIS = 100;

    private final FileChannel channel;
    private final long size;
    private final int takers;
    private final LongConsumer read;
    private final List<Block> ring;
    private final AtomicBoolean abandoned = new AtomicBoolean();

    /** Shares a file of so many bytes among so many takers. */
    SharedBlocks(FileChannel channel, long size, int takers, LongConsumer read) {
        this.channel = channel;
        this.size = size;
        this.takers = takers;
        this.read = read;
        this.ring = Stream.generate(Block::new)
                .limit(Math.clamp(count(), 0, BLOCKS))
                .toList();
    }

    /**
     * Takes all blocks; every taker must, from a thread of its own.
     *
     * @throws IOException when the file cannot be read; then the other takers end without having taken all
     */
    void takeAll(ByteSink sink) throws IOException {
        boolean isComplete = false;
        try {
            for (long number = 0; number < count() && !abandoned.get(); number++) {
                Block block = ring.get((int) (number % ring.size()));
                if (block.await(number)) {
                    sink.take(block.bytes, block.length);
                    block.release();
                }
            }
            isComplete = true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw (ClosedByInterruptException) new ClosedByInterruptException().initCause(e);
        } finally {
            if (!isComplete) {
                abandoned.set(true);
            }
        }
    }

    private long count() {
        return Math.ceilDiv(size, BLOCK_BYTES);
    }

    /** A place for one block at a time; the next comes when all have taken this one. */
    private final class Block {
        private final byte[] bytes = new byte[(int) Math.min(size, BLOCK_BYTES)];
        private int length;
        private long number = -1;
        private int toTake;

        /** Waits for the place, and reads the block unless it is there; false when there is no use in waiting any more. */
        synchronized boolean await(long wanted) throws IOException, InterruptedException {
            while (number < wanted && !abandoned.get()) {
                if (toTake == 0) {
                    fill(wanted);
                } else {
                    wait(LONGEST_WAIT_MILLIS);
                }
            }
            return number == wanted;
        }

        synchronized void release() {
            toTake--;
            if (toTake == 0) {
                notifyAll();
            }
        }

        private void fill(long wanted) throws IOException {
            long offset = wanted * BLOCK_BYTES;
            ByteBuffer buffer = ByteBuffer.wrap(bytes, 0, (int) Math.min(bytes.length, size - offset));
            while (buffer.hasRemaining()) {
                if (channel.read(buffer, offset + buffer.position()) < 0) {
                    throw FileReading.changed();
                }
            }
            length = buffer.position();
            number = wanted;
            toTake = takers;
            read.accept(length);
        }
    }
}
