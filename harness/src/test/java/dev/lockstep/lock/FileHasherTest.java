package dev.lockstep.lock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.document.LockstepException;
import dev.lockstep.document.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FileHasherTest {
    private static final int CHUNK = 300_000;

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 262_144, 262_145, CHUNK, CHUNK + 1, 2 * CHUNK, 10 * CHUNK + 7})
    void digests_of_file_and_chunks_are_those_of_their_bytes(int size) throws IOException {
        byte[] bytes = random(size);
        Path file = Files.write(folder.resolve("file"), bytes);

        FileDigest digest = new FileHasher(Hashing.on(2).inChunksOf(CHUNK)).digest(file);

        assertThat(digest.size()).isEqualTo(size);
        assertThat(digest.sha256()).isEqualTo(Sha256.of(bytes));
        assertThat(digest.gitOid()).contains(GitOid.ofBlob(bytes));
        assertThat(digest.chunks().map(ChunkTree::chunks).orElse(List.of()))
                .isEqualTo(size > CHUNK ? chunks(bytes) : List.of());
    }

    @Test
    void file_of_one_chunk_has_the_tree_of_its_own_digest() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "abc");

        assertThat(new FileHasher(Hashing.on(1)).digest(file).tree())
                .contains(new ChunkTree(268_435_456, 3, List.of(Sha256.of("abc"))));
    }

    @Test
    void hashes_many_files_and_tells_how_far_it_is() throws IOException {
        SortedMap<Path, String> expected = new TreeMap<>();
        long all = 0;
        for (int i = 0; i < 20; i++) {
            byte[] bytes = random(i * 50_000);
            expected.put(Files.write(folder.resolve("file-" + i), bytes), Sha256.of(bytes));
            all += bytes.length;
        }
        List<Map.Entry<Long, Long>> told = Collections.synchronizedList(new ArrayList<>());

        SortedMap<Path, FileDigest> digests = new FileHasher(
                        Hashing.on(3).telling(of -> done -> told.add(Map.entry(done, of))))
                .digestAll(expected.keySet());

        assertThat(digests.keySet()).isEqualTo(expected.keySet());
        assertThat(digests)
                .allSatisfy((file, digest) -> assertThat(digest.sha256()).isEqualTo(expected.get(file)));
        assertThat(told).extracting(Map.Entry::getValue).containsOnly(all);
        assertThat(told).extracting(Map.Entry::getKey).contains(all).allMatch(done -> done <= 9_500_000);
    }

    @Test
    void names_every_file_that_cannot_be_read() throws IOException {
        Path good = Files.writeString(folder.resolve("good"), "abc");
        Path missing = folder.resolve("missing");
        Path nested = Files.createDirectory(folder.resolve("nested"));
        FileHasher hasher = new FileHasher(Hashing.on(2));

        assertThatThrownBy(() -> hasher.digestAll(List.of(nested, good, missing)))
                .isInstanceOf(LockstepException.class)
                .hasMessage(missing + ": there is no such file; check the path\n" + nested
                        + ": cannot be read: it is no regular file\n2 problems");
        assertThatThrownBy(() -> hasher.digest(missing))
                .hasMessage(missing + ": there is no such file; check the path");
    }

    @Test
    void root_of_the_chunks_is_the_digest_of_their_canonical_list() {
        String chunk = Sha256.of("abc");
        ChunkTree tree = new ChunkTree(2, 3, List.of(chunk, chunk));

        assertThat(tree.root())
                .isEqualTo(Sha256.of("{\"chunkBytes\":2,\"chunks\":[\"" + chunk + "\",\"" + chunk + "\"],\"size\":3}"));
    }

    @Test
    void chunks_that_cannot_be_those_of_the_file_are_refused() {
        assertThatThrownBy(() -> new ChunkTree(2, 3, List.of(Sha256.of("abc"))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a file of 3 bytes in chunks of 2 has not 1 chunks");
        assertThatThrownBy(() -> new ChunkTree(2, 1, List.of("abc")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a chunk's digest needs 64 digits 0-9a-f");
    }

    private static List<String> chunks(byte[] bytes) {
        List<String> chunks = new ArrayList<>();
        for (int at = 0; at < bytes.length; at += CHUNK) {
            chunks.add(Sha256.of(Arrays.copyOfRange(bytes, at, Math.min(bytes.length, at + CHUNK))));
        }
        return chunks;
    }

    private static byte[] random(int size) {
        byte[] bytes = new byte[size];
        new Random(size).nextBytes(bytes);
        return bytes;
    }
}
