package dev.lockstep.lock;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** A safetensors file of any size that takes no place on the disk: its tensors are zeros that nobody wrote. */
public final class LargeSafetensors {
    private static final int HEADER = 1024;

    private LargeSafetensors() {}

    /** Writes a file of so many bytes with two tensors, the first of 4,096 bytes, in place of what is there. */
    public static Path write(Path file, long bytes) throws IOException {
        long data = bytes - HEADER;
        String json = """
                {"a.weight": {"dtype": "U8", "shape": [4096], "data_offsets": [0, 4096]},
                 "b.weight": {"dtype": "U8", "shape": [%d], "data_offsets": [4096, %d]}}
                """.formatted(data - 4096, data);
        String padded = json + " ".repeat(HEADER - Long.BYTES - json.length());
        Files.deleteIfExists(file);
        try (RandomAccessFile out = new RandomAccessFile(file.toFile(), "rw")) {
            out.write(ByteBuffer.allocate(HEADER)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .putLong(padded.length())
                    .put(padded.getBytes(StandardCharsets.UTF_8))
                    .array());
            out.setLength(bytes);
        }
        return file;
    }
}
