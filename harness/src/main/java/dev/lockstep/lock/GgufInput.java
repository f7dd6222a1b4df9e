package dev.lockstep.lock;

import dev.lockstep.document.ErrorKind;
import dev.lockstep.document.LockstepException;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** The bytes of a GGUF file from first to last, little-endian; whatever is read also goes into the file's digest. */
final class GgufInput implements Closeable {
    private static final int BUFFER_BYTES = 1 << 20;

    private final Path file;
    private final FileChannel channel;
    private final long size;
    private final MessageDigest whole = sha256();
    private final ByteBuffer buffer =
            ByteBuffer.allocate(BUFFER_BYTES).order(ByteOrder.LITTLE_ENDIAN).limit(0);
    private long position;

    private GgufInput(Path file, FileChannel channel) throws IOException {
        this.file = file;
        this.channel = channel;
        this.size = channel.size();
    }

    static GgufInput open(Path file) throws IOException {
        FileChannel channel = FileChannel.open(file);
        try {
            return new GgufInput(file, channel);
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    long position() {
        return position;
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

    byte[] bytes(int length, String what) throws IOException {
        byte[] bytes = new byte[length];
        for (int at = 0; at < length; ) {
            int part = Math.min(BUFFER_BYTES, length - at);
            next(part, what).get(bytes, at, part);
            at += part;
        }
        return bytes;
    }

    /** Reads {@code length} bytes and returns their SHA-256 in lower-case hex. */
    String digest(long length, String what) throws IOException {
        MessageDigest part = sha256();
        for (long left = length; left > 0; ) {
            int step = (int) Math.min(BUFFER_BYTES, left);
            ByteBuffer bytes = next(step, what);
            part.update(bytes.slice().limit(step));
            bytes.position(bytes.position() + step);
            left -= step;
        }
        return HexFormat.of().formatHex(part.digest());
    }

    void skip(long length, String what) throws IOException {
        for (long left = length; left > 0; ) {
            int step = (int) Math.min(BUFFER_BYTES, left);
            ByteBuffer bytes = next(step, what);
            bytes.position(bytes.position() + step);
            left -= step;
        }
    }

    /** Returns the digest of the whole file, all of which must have been read. */
    String wholeDigest() {
        return HexFormat.of().formatHex(whole.digest());
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
        int from = buffer.position();
        if (channel.read(buffer) < 0) {
            throw broken("became shorter while it was read; let nothing write to it meanwhile");
        }
        whole.update(buffer.array(), from, buffer.position() - from);
        buffer.flip();
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
