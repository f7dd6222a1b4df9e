package dev.lockstep.document;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A block of a PEM file (RFC 7468), such as a key or a certificate.
 *
 * @param label what it is: {@code PUBLIC KEY}
 * @param base64 its bytes, in lines
 */
public record PemBlock(String label, String base64) {
    private static final Pattern BLOCK = Pattern.compile("-----BEGIN ([A-Z ]+)-----([^-]+)-----END \\1-----");
    private static final int LINE = 64;
    private static final int MOST_BYTES = 1 << 20;

    /** Makes a block. */
    public static PemBlock of(String label, byte[] bytes) {
        return new PemBlock(
                label, Base64.getMimeEncoder(LINE, new byte[] {'\n'}).encodeToString(bytes));
    }

    /**
     * Returns the first block of a file that is labelled so; empty when there is none.
     *
     * @throws LockstepException of kind CONFIG when the file cannot be read
     * @throws IllegalArgumentException when it is larger than any key
     */
    public static Optional<PemBlock> first(Path file, List<String> labels) {
        try {
            UnreadableFile.requireFile(file);
            if (Files.size(file) > MOST_BYTES) {
                throw new IllegalArgumentException("is larger than any key");
            }
            return BLOCK.matcher(Files.readString(file))
                    .results()
                    .filter(block -> labels.contains(block.group(1)))
                    .map(block -> new PemBlock(block.group(1), block.group(2)))
                    .findFirst();
        } catch (IOException e) {
            throw UnreadableFile.because(file, e);
        }
    }

    /** Returns its bytes. @throws IllegalArgumentException when it is no base64 */
    public byte[] bytes() {
        try {
            return Base64.getMimeDecoder().decode(base64);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("holds a key that is no base64", e);
        }
    }

    /** Returns the block as it stands in a file. */
    public String text() {
        return "-----BEGIN " + label + "-----\n" + base64 + "\n-----END " + label + "-----\n";
    }
}
