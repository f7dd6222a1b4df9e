package dev.lockstep.document;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** SHA-256 in lower-case hex: the id that hubs, OCI registries and Git LFS already use. */
public final class Sha256 {
    private static final int BUFFER_BYTES = 1 << 18;

    private Sha256() {}

    public static String of(byte[] bytes) {
        return HexFormat.of().formatHex(begin().digest(bytes));
    }

    public static String of(String text) {
        return of(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Reads a whole file. */
    public static String of(Path file) {
        try (FileChannel channel = FileChannel.open(file)) {
            return of(channel, 0, channel.size());
        } catch (IOException e) {
            throw new UncheckedIOException(file + ": cannot be hashed", e);
        }
    }

    /** Reads {@code length} bytes from {@code offset} on. */
    public static String of(FileChannel channel, long offset, long length) throws IOException {
        MessageDigest digest = begin();
        ByteBuffer buffer = ByteBuffer.allocateDirect(Math.clamp(length, 1, BUFFER_BYTES));
        long end = offset + length;
        for (long at = offset; at < end; ) {
            buffer.clear().limit((int) Math.min(BUFFER_BYTES, end - at));
            int read = channel.read(buffer, at);
            if (read < 0) {
                throw new IOException("file ends at byte " + at + ", expected " + end);
            }
            digest.update(buffer.flip());
            at += read;
        }
        return hex(digest);
    }

    /** Returns what will be a SHA-256 when it was given its bytes. */
    public static MessageDigest begin() {
        return algorithm("SHA-256");
    }

    /** Returns what will be a SHA-1 when it was given its bytes: the id that Git uses. */
    public static MessageDigest beginSha1() {
        return algorithm("SHA-1");
    }

    /** Returns the digest of what was given, in lower-case hex, and begins anew. */
    public static String hex(MessageDigest digest) {
        return HexFormat.of().formatHex(digest.digest());
    }

    private static MessageDigest algorithm(String name) {
        try {
            return MessageDigest.getInstance(name);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has " + name, e);
        }
    }
}
