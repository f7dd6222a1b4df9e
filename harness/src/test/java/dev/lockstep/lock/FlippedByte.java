package dev.lockstep.lock;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** The smallest change that a file can suffer. */
public final class FlippedByte {

    private FlippedByte() {}

    /** Flips the lowest bit of one byte. */
    public static void at(Path file, long offset) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        bytes[(int) offset] ^= 1;
        replace(file, bytes);
    }

    /** Does the same to a file that is too large to be written anew; all that share its bytes see it. */
    public static void inPlace(Path file, long offset) throws IOException {
        try (RandomAccessFile bytes = new RandomAccessFile(file.toFile(), "rw")) {
            bytes.seek(offset);
            int old = bytes.read();
            bytes.seek(offset);
            bytes.write(old ^ 1);
        }
    }

    /** Changes the last byte of a text that the file holds once or more, where it stands first. */
    public static void in(Path file, String text, char replacement) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        int at = new String(bytes, StandardCharsets.ISO_8859_1).indexOf(text);
        if (at < 0) {
            throw new IllegalArgumentException(file + " does not hold " + text);
        }
        bytes[at + text.length() - 1] = (byte) replacement;
        replace(file, bytes);
    }

    /** Writes another file, so that one which shares its bytes by a link stays as it is. */
    private static void replace(Path file, byte[] bytes) throws IOException {
        Path real = file.toRealPath();
        Files.delete(real);
        Files.write(real, bytes);
    }
}
