package dev.lockstep.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Expected values from FIPS 180-2, appendix B: "abc", and a million times "a". */
class Sha256Test {
    private static final String ABC = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
    private static final String MILLION = "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0";

    @TempDir
    private Path folder;

    @Test
    void hashes_texts_and_files_alike() throws IOException {
        assertThat(Sha256.of("abc")).isEqualTo(ABC);
        assertThat(Sha256.of(Files.writeString(folder.resolve("abc"), "abc"))).isEqualTo(ABC);
        assertThat(Sha256.of(Files.createFile(folder.resolve("empty")))).isEqualTo(Sha256.of(""));
    }

    @Test
    void hashes_a_part_of_a_file_longer_than_the_buffer() throws IOException {
        byte[] bytes = new byte[3_000_000];
        Arrays.fill(bytes, 1_999_999, 2_999_999, (byte) 'a');
        Path file = Files.write(folder.resolve("long"), bytes);

        try (FileChannel channel = FileChannel.open(file)) {
            assertThat(Sha256.of(channel, 1_999_999, 1_000_000)).isEqualTo(MILLION);
        }
        assertThat(Sha256.of(file)).isEqualTo(Sha256.of(bytes));
    }

    @Test
    void part_beyond_the_end_is_refused() throws IOException {
        Path file = Files.writeString(folder.resolve("abc"), "abc");

        try (FileChannel channel = FileChannel.open(file)) {
            assertThatThrownBy(() -> Sha256.of(channel, 1, 3))
                    .isInstanceOf(IOException.class)
                    .hasMessage("file ends at byte 3, expected 4");
        }
    }

    @Test
    void missing_file_is_named() {
        Path missing = folder.resolve("missing");

        assertThatThrownBy(() -> Sha256.of(missing))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessage(missing + ": cannot be hashed");
    }
}
