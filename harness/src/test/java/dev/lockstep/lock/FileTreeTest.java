package dev.lockstep.lock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.lockstep.document.LockstepException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileTreeTest {
    @TempDir
    private Path folder;

    private Path root = Path.of("");
    private Path elsewhere = Path.of("");

    @BeforeEach
    void twoFolders() throws IOException {
        folder = folder.toRealPath();
        root = Files.createDirectories(folder.resolve("cache/snapshots/main"));
        elsewhere = Files.createDirectories(folder.resolve("cache/blobs"));
        Files.writeString(root.resolve("config.json"), "{}");
    }

    @Test
    void lists_files_by_their_path_in_the_folder() throws IOException {
        Files.createDirectories(root.resolve("a/b"));
        Files.writeString(root.resolve("a/b/c"), "");
        Files.createSymbolicLink(root.resolve("link"), root.resolve("a"));

        assertThat(FileTree.list(root)).containsOnlyKeys("a/b/c", "config.json", "link/b/c");
    }

    @Test
    void follows_links_that_stay_within_the_bound() throws IOException {
        Files.writeString(elsewhere.resolve("0a"), "weights");
        Files.createSymbolicLink(root.resolve("model.safetensors"), Path.of("../../blobs/0a"));

        assertThat(FileTree.list(root, folder.resolve("cache")))
                .containsEntry("model.safetensors", root.resolve("model.safetensors"));
    }

    @Test
    void names_every_link_that_leads_out_to_nothing_or_in_a_circle() throws IOException {
        Files.writeString(elsewhere.resolve("0a"), "weights");
        Files.createSymbolicLink(root.resolve("file"), elsewhere.resolve("0a"));
        Files.createSymbolicLink(root.resolve("folder"), elsewhere);
        Files.createSymbolicLink(root.resolve("nothing"), Path.of("missing"));
        Files.createSymbolicLink(root.resolve("round"), root);
        Files.createSymbolicLink(root.resolve("self"), Path.of("self"));

        assertThatThrownBy(() -> FileTree.list(root))
                .isInstanceOf(LockstepException.class)
                .hasMessage(root.resolve("file") + ": is a link to '" + elsewhere.resolve("0a") + "', outside of '"
                        + root
                        + "'; put the file itself here\n" + root.resolve("folder") + ": is a link to '" + elsewhere
                        + "', outside of '" + root + "'; put the file itself here\n" + root.resolve("nothing")
                        + ": is a link to 'missing', which leads to no file; fetch what is missing\n"
                        + root.resolve("round") + ": is a link to a folder that it lies in; remove it\n"
                        + root.resolve("self")
                        + ": is a link to 'self', which leads to no file; fetch what is missing\n5 problems");
    }

    @Test
    void pipe_is_refused_and_not_waited_for() throws IOException, InterruptedException {
        Path pipe = root.resolve("model.safetensors");
        assumeTrue(isMade(pipe), "there is no mkfifo here");

        assertThatThrownBy(() -> FileTree.list(root)).hasMessage(pipe + ": is no regular file; remove it");
        assertThatThrownBy(() -> TensorFile.read(pipe)).hasMessage(pipe + ": cannot be read: it is no regular file");
        assertThatThrownBy(() -> GgufReader.read(pipe)).hasMessage(pipe + ": cannot be read: it is no regular file");
        assertThatThrownBy(() -> new FileHasher(Hashing.on(1)).digest(pipe))
                .hasMessage(pipe + ": cannot be read: it is no regular file");
    }

    @Test
    void root_must_be_a_folder() {
        assertThatThrownBy(() -> FileTree.list(root.resolve("missing")))
                .hasMessage(root.resolve("missing") + ": there is no such file; check the path");
        assertThatThrownBy(() -> FileTree.list(root.resolve("config.json")))
                .hasMessage(root.resolve("config.json") + ": is no folder; name the one that it lies in");
    }

    private static boolean isMade(Path pipe) throws InterruptedException {
        try {
            Process made = new ProcessBuilder("mkfifo", pipe.toString()).start();
            return made.waitFor(10, TimeUnit.SECONDS) && made.exitValue() == 0;
        } catch (IOException e) {
            return false;
        }
    }
}
