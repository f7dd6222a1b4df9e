package dev.lockstep.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AtomicFileTest {
    private static final int LARGE = 1 << 20;

    @TempDir
    private Path folder;

    @Test
    void creates_the_file_and_its_folders() {
        Path file = folder.resolve("a/b/file.txt");

        AtomicFile.write(file, "häuser\n");

        assertThat(file).hasBinaryContent("häuser\n".getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void replaces_the_file_and_leaves_nothing_beside_it() throws IOException {
        Path file = Files.writeString(folder.resolve("file.txt"), "old and longer");

        AtomicFile.write(file, "new");

        assertThat(file).hasContent("new");
        assertThat(folder).isDirectoryNotContaining(entry -> !entry.equals(file));
    }

    @Test
    void has_the_permissions_of_any_new_file() throws IOException {
        Path plain = Files.writeString(folder.resolve("plain.txt"), "x");
        Path file = folder.resolve("file.txt");

        AtomicFile.write(file, "x");

        assertThat(Files.getPosixFilePermissions(file)).isEqualTo(Files.getPosixFilePermissions(plain));
    }

    @Test
    void leaves_no_draft_when_the_move_fails() throws IOException {
        Path file = folder.resolve("file.txt");
        Files.createDirectories(file.resolve("full"));

        assertRefused(file);
        assertThat(file.resolve("full")).isDirectory();
        assertThat(folder).isDirectoryNotContaining(entry -> !entry.equals(file));
    }

    @Test
    void says_where_it_cannot_write() throws IOException {
        Path notAFolder = Files.writeString(folder.resolve("plain.txt"), "x");

        assertRefused(notAFolder.resolve("file.txt"));
        assertThat(notAFolder).hasContent("x");
    }

    @Test
    void readers_see_one_of_the_texts_while_many_write() throws Exception {
        Path file = folder.resolve("file.txt");
        List<String> texts = IntStream.range(0, 4)
                .mapToObj(i -> Integer.toString(i).repeat(LARGE))
                .toList();
        AtomicFile.write(file, texts.getFirst());

        try (ExecutorService writers = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Void>> writes = texts.stream()
                    .map(text -> writers.submit(writing(file, text)))
                    .toList();
            do {
                assertThat(Set.copyOf(texts)).contains(Files.readString(file));
            } while (!writes.stream().allMatch(Future::isDone));
            for (Future<Void> write : writes) {
                write.get();
            }
        }
        assertThat(folder).isDirectoryNotContaining(entry -> !entry.equals(file));
    }

    private static Callable<Void> writing(Path file, String text) {
        return () -> {
            AtomicFile.write(file, text);
            return null;
        };
    }

    private static void assertRefused(Path file) {
        assertThatThrownBy(() -> AtomicFile.write(file, "x"))
                .isInstanceOfSatisfying(
                        LockstepException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.PREREQUISITE))
                .hasCauseInstanceOf(FileSystemException.class)
                .satisfies(e -> assertThat(e)
                        .hasMessage(file + ": cannot be written (" + e.getCause()
                                + "); check the folder's permissions and free space"));
    }
}
