package dev.lockstep.lock;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/** The next so many bytes of a file, and no more. */
final class HeaderStream extends InputStream {
    private final FileChannel channel;
    private long left;

    HeaderStream(FileChannel channel, long length) {
        this.channel = channel;
        this.left = length;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : Byte.toUnsignedInt(one[0]);
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        int part = (int) Math.min(length, left);
        int read = part == 0 ? -1 : channel.read(ByteBuffer.wrap(bytes, offset, part));
        left -= Math.max(read, 0);
        return read;
    }
}
