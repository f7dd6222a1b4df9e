package dev.lockstep.lock;

import dev.lockstep.document.ErrorKind;
import dev.lockstep.document.LockstepException;
import dev.lockstep.document.UnreadableFile;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;

/** The bytes of a GGUF file from first to last, little-endian. */
final class GgufInput implements Closeable {
    private static final int BUFFER_BYTES = 1 << 20;

    private final Path file;
    private final FileChannel channel;
    private final long size;
    private final ByteBuffer buffer =
            ByteBuffer.allocate(BUFFER_BYTES).order(ByteOrder.LITTLE_ENDIAN).limit(0);
    private long position;

    private GgufInput(Path file, FileChannel channel) throws IOException {
        this.file = file;
        this.channel = channel;
        this.size = channel.size();
    }

    static GgufInput open(Path file) throws IOException {
        UnreadableFile.requireFile(file);
        FileChannel channel = FileChannel.open(file);
        try {
            return new GgufInput(file, channel);
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    /** Returns where the next part begins that is aligned to so many bytes; at the latest the end of the file. */
    long nextAligned(long alignment) {
        return Math.min(size, position + (-position & (alignment - 1)));
    }

    long size() {
        return size;
    }

    long remaining() {
        return size - position;
    }

    int u8(String what) throws IOException {
        return Byte.toUnsignedInt(next(1, what).get());
    }

    int u16(String what) throws IOException {
        return Short.toUnsignedInt(next(Short.BYTES, what).getShort());
    }

    long u32(String what) throws IOException {
        return Integer.toUnsignedLong(next(Integer.BYTES, what).getInt());
    }

    /** Reads 64 bits, to be taken as signed or unsigned. */
    long i64(String what) throws IOException {
        return next(Long.BYTES, what).getLong();
    }

    /** Reads how many things follow, each of at least {@code leastBytes}; more than the file can hold is refused. */
    long count(String what, int leastBytes) throws IOException {
        long count = i64(what);
        if (count < 0 || count > remaining() / leastBytes) {
            throw broken(what + " says " + Long.toUnsignedString(count)
                    + ", more than the rest of the file can hold; the file is damaged: fetch it again");
        }
        return count;
    }

    /** Reads how many things follow, and refuses more than any model has, whatever the file could hold. */
    long count(String what, int leastBytes, long most) throws IOException {
        long count = count(what, leastBytes);
        if (count > most) {
            throw broken(what + " says " + count + ", and at most " + most
                    + " are read; the file is damaged: fetch it again");
        }
        return count;
    }

    byte[] bytes(int length, String what) throws IOException {
        byte[] bytes = new byte[length];
        for (int at = 0; at < length; ) {
            int part = Math.min(BUFFER_BYTES, length - at);
            next(part, what).get(bytes, at, part);
            at += part;
        }
        return bytes;
    }

    LockstepException broken(String message) {
        return new LockstepException(ErrorKind.CONFIG, file + ": " + message);
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }

    private ByteBuffer next(int length, String what) throws IOException {
        if (length > remaining()) {
            throw broken("ends at byte " + size + ", inside " + what + ", which needs " + length + " bytes from "
                    + position + " on; the file is cut off: fetch it again");
        }
        while (buffer.remaining() < length) {
            fill();
        }
        position += length;
        return buffer;
    }

    private void fill() throws IOException {
        buffer.compact();
        if (channel.read(buffer) < 0) {
            throw broken("became shorter while it was read; let nothing write to it meanwhile");
        }
        buffer.flip();
    }
}
