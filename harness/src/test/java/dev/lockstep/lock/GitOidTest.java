package dev.lockstep.lock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.lockstep.document.Sha256;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GitOidTest {
    private static final String EMPTY = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

    @TempDir
    private Path folder;

    /** Ids from the Git book, "Git Objects", and of the empty blob. */
    @Test
    void knows_published_ids() {
        assertThat(GitOid.ofBlob(new byte[0])).isEqualTo("e69de29bb2d1d6434b8b29ae775ad8c2e48c5391");
        assertThat(GitOid.ofBlob("test content\n".getBytes(StandardCharsets.UTF_8)))
                .isEqualTo("d670460b4b4aece5915caf5c68d12f560a9fe3e4");
    }

    @Test
    void names_a_file_in_lfs_by_its_pointer() {
        assertThat(GitOid.ofPointer(Sha256.of("hello\n"), 6)).isEqualTo("fa61e1ef71c9908c0926776a4aa3504b3a27f159");
    }

    @Test
    void pointer_is_the_blob_of_three_lines() {
        String pointer = "version https://git-lfs.github.com/spec/v1\noid sha256:" + EMPTY + "\nsize 0\n";

        assertThat(GitOid.ofPointer(EMPTY, 0)).isEqualTo(GitOid.ofBlob(pointer.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void file_is_known_by_its_blob_and_by_its_pointer() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "test content\n");

        FileDigest digest = new FileHasher(Hashing.on(1)).digest(file);

        assertThat(digest.gitOid()).contains("d670460b4b4aece5915caf5c68d12f560a9fe3e4");
        assertThat(digest.isGitObject("d670460b4b4aece5915caf5c68d12f560a9fe3e4"))
                .isTrue();
        assertThat(digest.isGitObject(GitOid.ofPointer(digest.sha256(), 13))).isTrue();
        assertThat(digest.isGitObject(GitOid.ofPointer(digest.sha256(), 12))).isFalse();
    }

    @Test
    void agrees_with_git() throws IOException, InterruptedException {
        Random random = new Random(6);
        for (int size : new int[] {1, 100, 262_144, 262_145, 3_000_000}) {
            byte[] bytes = new byte[size];
            random.nextBytes(bytes);
            Path file = Files.write(folder.resolve("random"), bytes);

            assertThat(new FileHasher(Hashing.on(2)).digest(file).gitOid()).contains(hashObject(file));
        }
    }

    private static String hashObject(Path file) throws IOException, InterruptedException {
        try {
            Process git = new ProcessBuilder("git", "hash-object", "--no-filters", file.toString())
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            String id = new String(git.getInputStream().readAllBytes(), StandardCharsets.US_ASCII).strip();
            assertThat(git.waitFor(10, TimeUnit.SECONDS)).isTrue();
            return id;
        } catch (IOException e) {
            assumeTrue(false, "there is no git here: " + e);
            throw e;
        }
    }
}
