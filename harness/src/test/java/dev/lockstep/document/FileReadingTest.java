package dev.lockstep.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FileReadingTest {
    private static final int BLOCK = 1 << 18;

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(ints = {0, 1, BLOCK - 1, BLOCK, BLOCK + 1, 8 * BLOCK, 20 * BLOCK + 3})
    void gives_all_bytes_in_their_order_to_every_sink(int length) throws IOException {
        byte[] bytes = new byte[length];
        new Random(length).nextBytes(bytes);
        Path file = Files.write(folder.resolve("file"), bytes);
        ByteArrayOutputStream first = new ByteArrayOutputStream();
        ByteArrayOutputStream second = new ByteArrayOutputStream();
        AtomicLong read = new AtomicLong();

        try (FileReading reading = FileReading.open(file)) {
            reading.run(List.of(to(first), to(second)), read::addAndGet);
        }

        assertThat(first.toByteArray()).isEqualTo(bytes);
        assertThat(second.toByteArray()).isEqualTo(bytes);
        assertThat(read).hasValue(length);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2})
    @Timeout(20)
    void sink_that_fails_ends_the_reading(int failing) throws IOException {
        Path file = Files.write(folder.resolve("file"), new byte[50 * BLOCK]);
        List<ByteSink> sinks = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            AtomicInteger blocks = new AtomicInteger();
            boolean fails = i == failing;
            sinks.add((bytes, length) -> {
                if (fails && blocks.incrementAndGet() == 20) {
                    throw new IllegalStateException("no more");
                }
            });
        }

        try (FileReading reading = FileReading.open(file)) {
            assertThatThrownBy(() -> reading.run(sinks, read -> {}))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("no more");
        }
    }

    @Test
    @Timeout(20)
    void interrupted_reading_ends() throws IOException {
        Path file = Files.write(folder.resolve("file"), new byte[50 * BLOCK]);
        ByteSink sink = (bytes, length) -> {};

        try (FileReading reading = FileReading.open(file)) {
            Thread.currentThread().interrupt();
            assertThatThrownBy(() -> reading.run(List.of(sink, sink), read -> {}))
                    .isInstanceOf(ClosedByInterruptException.class);
            assertThat(Thread.interrupted()).isTrue();
        }
    }

    @Test
    void file_that_grows_meanwhile_is_refused() throws IOException {
        Path file = Files.write(folder.resolve("file"), new byte[20 * BLOCK]);

        assertChanges(file, () -> Files.write(file, new byte[1], StandardOpenOption.APPEND));
    }

    @Test
    void file_that_is_cut_meanwhile_is_refused() throws IOException {
        Path file = Files.write(folder.resolve("file"), new byte[20 * BLOCK]);

        assertChanges(file, () -> Files.write(file, new byte[1]));
    }

    @Test
    void file_that_is_replaced_meanwhile_is_refused() throws IOException {
        Path file = Files.write(folder.resolve("file"), new byte[20 * BLOCK]);

        assertChanges(file, () -> AtomicFile.write(file, new byte[20 * BLOCK]));
    }

    @Test
    void folder_is_no_file() {
        assertThatThrownBy(() -> FileReading.open(folder))
                .isInstanceOf(IOException.class)
                .hasMessage("it is no regular file");
    }

    @Test
    void says_why_a_file_cannot_be_read() {
        Path file = folder.resolve("file");

        assertThat(UnreadableFile.because(file, new NoSuchFileException("file")))
                .hasMessage(file + ": there is no such file; check the path");
        assertThat(UnreadableFile.because(file, new IOException("the disk is broken")))
                .hasMessage(file + ": cannot be read: the disk is broken");
        assertThatThrownBy(() -> UnreadableFile.because(file, new ClosedByInterruptException()))
                .isInstanceOf(CancellationException.class)
                .hasMessage("interrupted while " + file + " was read");
    }

    /** What happens to a file while it is read. */
    private interface Change {
        void happen() throws IOException;
    }

    private static void assertChanges(Path file, Change change) throws IOException {
        try (FileReading reading = FileReading.open(file)) {
            AtomicLong blocks = new AtomicLong();
            ByteSink sink = (bytes, length) -> {};
            assertThatThrownBy(() -> reading.run(List.of(sink), read -> {
                        if (blocks.incrementAndGet() == 1) {
                            happen(change);
                        }
                    }))
                    .isInstanceOf(IOException.class)
                    .hasMessage("it changed meanwhile; let nothing write to it, and start again");
        }
    }

    private static void happen(Change change) {
        try {
            change.happen();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ByteSink to(ByteArrayOutputStream out) {
        return (bytes, length) -> out.write(bytes, 0, length);
    }
}
