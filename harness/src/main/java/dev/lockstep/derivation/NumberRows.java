package dev.lockstep.derivation;

import dev.lockstep.document.UnreadableFile;
import dev.lockstep.lock.TensorFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.List;

/**
 * The numbers of a stored tensor, row by row: the elements that lie beside each other in its last dimension, which GGUF names
 * first.
 */
final class NumberRows implements AutoCloseable {
    private final Path file;
    private final FileChannel channel;
    private final NumberFormat format;
    private final long offset;
    private final List<Long> shape;
    private final int count;
    private final int columns;

    private NumberRows(Path file, FileChannel channel, NumberFormat format, TensorFile.Tensor tensor) {
        this.file = file;
        this.channel = channel;
        this.format = format;
        this.offset = tensor.offset();
        this.shape = file.toString().endsWith(".gguf") ? tensor.shape().reversed() : tensor.shape();
        long row = shape.isEmpty() ? 1 : shape.getLast();
        this.columns = Math.toIntExact(row);
        this.count = row == 0 ? 0 : Math.toIntExact(tensor.bytes() / format.bytes() / row);
    }

    static NumberRows open(Path file, NumberFormat format, TensorFile.Tensor tensor) {
        try {
            return new NumberRows(file, FileChannel.open(file), format, tensor);
        } catch (IOException e) {
            throw UnreadableFile.because(file, e);
        }
    }

    NumberFormat format() {
        return format;
    }

    /** Returns the dimensions, the slowest-moving first. */
    List<Long> shape() {
        return List.copyOf(shape);
    }

    int count() {
        return count;
    }

    int columns() {
        return columns;
    }

    double[] row(int index) {
        int length = columns * format.bytes();
        ByteBuffer bytes = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
        try {
            while (bytes.hasRemaining()) {
                if (channel.read(bytes, offset + (long) index * length + bytes.position()) < 0) {
                    throw new IOException("it became shorter meanwhile; let nothing write to it");
                }
            }
        } catch (IOException e) {
            throw UnreadableFile.because(file, e);
        }
        bytes.flip();
        double[] row = new double[columns];
        for (int column = 0; column < columns; column++) {
            row[column] = format.next(bytes);
        }
        return row;
    }

    /** Returns all rows, of a tensor that is small. */
    double[][] all() {
        double[][] rows = new double[count][];
        for (int row = 0; row < count; row++) {
            rows[row] = row(row);
        }
        return rows;
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw UnreadableFile.because(file, e);
        }
    }
}
