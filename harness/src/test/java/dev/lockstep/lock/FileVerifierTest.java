package dev.lockstep.lock;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.document.FileKey;
import dev.lockstep.document.Sha256;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileVerifierTest {
    private static final int CHUNK = 100_000;
    private static final int LARGE = 65 << 20;
    private static final Tier FULL = new Tier.Full();
    private static final Tier CACHED = new Tier.Cached();

    @TempDir
    private Path folder;

    private final Instant now = Instant.now().plus(Duration.ofHours(1));

    @Test
    void every_flipped_byte_of_any_file_is_found_and_its_chunk_is_named() throws IOException {
        SortedMap<Path, FileDigest> expected = new TreeMap<>();
        for (int size : new int[] {1, 999, CHUNK, 7 * CHUNK + 11, 3 * CHUNK}) {
            Path file = file("file-" + size, size);
            expected.put(file, hasher().digest(file));
        }
        List<Path> files = new ArrayList<>(expected.keySet());
        Random random = new Random(1);
        for (int i = 0; i < 300; i++) {
            Path file = files.get(random.nextInt(files.size()));
            long at = random.nextLong(Files.size(file));
            flip(file, at);

            List<FileProof> broken = verifier().verify(expected, FULL).stream()
                    .filter(proof -> !proof.matches())
                    .toList();

            assertThat(broken).as("byte %d of %s", at, file).hasSize(1);
            assertThat(broken.getFirst().file()).isEqualTo(file);
            assertThat(broken.getFirst().differences())
                    .singleElement()
                    .asString()
                    .startsWith(
                            Files.size(file) <= CHUNK
                                    ? "the file (from byte 0, "
                                    : "chunk " + (at / CHUNK + 1) + " of " + Math.ceilDiv(Files.size(file), CHUNK)
                                            + " (from byte " + at / CHUNK * CHUNK + ", ");
            flip(file, at);
        }
        assertThat(verifier().verify(expected, FULL))
                .allMatch(FileProof::matches)
                .allMatch(FileVerifierTest::isFull);
    }

    @Test
    void says_what_differs() throws IOException {
        Path same = file("a-same", 10);
        Path changed = file("b-changed", 10);
        Path longer = file("c-longer", 11);
        Path missing = folder.resolve("d-missing");
        SortedMap<Path, FileDigest> expected = new TreeMap<>();
        for (Path file : List.of(same, changed, longer, missing)) {
            expected.put(file, hasher().digest(same));
        }
        flip(changed, 3);
        String actual = hasher().digest(changed).sha256();

        assertThat(verifier().verify(expected, FULL))
                .extracting(FileProof::toString)
                .containsExactly(
                        same + " (full): matches",
                        changed + " (full): the file (from byte 0, 10 bytes) has the SHA-256 " + actual + ", expected "
                                + hasher().digest(same).sha256(),
                        longer + " (full): has 11 bytes, expected 10",
                        missing + " (full): there is no such file; check the path");
    }

    @Test
    void digest_alone_is_compared_where_no_chunks_are_known() throws IOException {
        Path file = file("file", 5 * CHUNK);
        FileDigest known = FileDigest.of(5 * CHUNK, hasher().digest(file).sha256());

        assertThat(verify(file, known, FULL).matches()).isTrue();
        assertThat(verify(file, known, new Tier.Sampled(1, 1)).coverage()).isEqualTo(new Coverage.Full());
        flip(file, 4 * CHUNK);
        assertThat(verify(file, known, FULL).matches()).isFalse();
    }

    @Test
    void file_that_did_not_change_is_not_read_again() throws IOException {
        Path file = large();
        FileDigest digest = new FileHasher(hashing().keepingIn(cache())).digest(file);

        FileProof proof = verify(file, digest, CACHED);

        assertThat(proof).isEqualTo(new FileProof(file, new Coverage.Cached(now), List.of()));
        assertThat(proof.coverage()).hasToString("cached: not changed since it was read in full at " + now);
    }

    @Test
    void verification_in_full_is_remembered() throws IOException {
        Path file = large();
        FileDigest digest = hasher().digest(file);
        assertThat(verify(file, digest, CACHED).coverage()).isEqualTo(new Coverage.Full());

        assertThat(verify(file, digest, CACHED).coverage()).isEqualTo(new Coverage.Cached(now));
        assertThat(verify(file, digest, FULL).coverage()).isEqualTo(new Coverage.Full());
    }

    @Test
    void file_that_differs_is_not_remembered() throws IOException {
        Path file = large();
        FileDigest other = FileDigest.of(LARGE, Sha256.of("other"));

        assertThat(verify(file, other, FULL).matches()).isFalse();
        assertThat(cache().find(FileKey.of(file).orElseThrow())).isEmpty();
    }

    @Test
    void changed_file_is_read_though_its_time_was_set_back() throws IOException {
        Path file = large();
        FileDigest digest = new FileHasher(hashing().keepingIn(cache())).digest(file);
        FileTime before = Files.getLastModifiedTime(file);
        flip(file, LARGE - 1);
        Files.setLastModifiedTime(file, before);

        FileProof proof = verify(file, digest, CACHED);

        assertThat(proof.coverage()).isEqualTo(new Coverage.Full());
        assertThat(proof.matches()).isFalse();
    }

    @Test
    void small_file_is_read_in_full_whatever_the_cache_says() throws IOException {
        Path file = file("file", 10);
        FileDigest digest = hasher().digest(file);
        flip(file, 0);
        cache().keep(FileKey.of(file).orElseThrow(), digest);

        assertThat(verify(file, digest, CACHED).matches()).isFalse();
    }

    @Test
    void header_is_read_whatever_the_cache_says() throws IOException {
        Path file = large();
        byte[] header = new byte[1000];
        FileDigest digest = hasher().digest(file).withHeader(new FileDigest.Header(1000, Sha256.of(header)));
        flip(file, 999);
        cache().keep(FileKey.of(file).orElseThrow(), digest);

        FileProof proof = verify(file, digest, CACHED);

        assertThat(proof.coverage()).isEqualTo(new Coverage.Cached(now));
        assertThat(proof.differences())
                .singleElement()
                .asString()
                .startsWith("the header (from byte 0, 1000 bytes) has");
    }

    @Test
    void without_a_cache_all_is_read() throws IOException {
        Path file = large();

        FileProof proof = new FileVerifier(hashing())
                .verify(new TreeMap<>(Map.of(file, hasher().digest(file))), CACHED)
                .getFirst();

        assertThat(proof).isEqualTo(new FileProof(file, new Coverage.Full(), List.of()));
    }

    @Test
    void sample_reads_first_last_and_drawn_chunks_and_names_them() throws IOException {
        Path file = file("file", 20 * CHUNK);
        FileDigest digest = hasher().digest(file);

        FileProof proof = verify(file, digest, new Tier.Sampled(3, 7));

        assertThat(proof.matches()).isTrue();
        assertThat(proof.coverage())
                .isInstanceOfSatisfying(
                        Coverage.Sampled.class,
                        sampled -> assertThat(sampled.chunks()).hasSize(5).contains(0, 19));
        assertThat(proof.coverage())
                .hasToString(
                        "sampled: 5 of 20 chunks (seed 7): 1, 10, 12, 17, 20; a change of few bytes may lie in the others");
        assertThat(verify(file, digest, new Tier.Sampled(3, 7))).isEqualTo(proof);
    }

    @Test
    void sample_finds_what_lies_in_its_chunks_and_nothing_else() throws IOException {
        Path file = file("file", 20 * CHUNK);
        FileDigest digest = hasher().digest(file);
        Tier tier = new Tier.Sampled(3, 7);
        Coverage.Sampled sampled = (Coverage.Sampled) verify(file, digest, tier).coverage();

        for (int chunk = 0; chunk < 20; chunk++) {
            flip(file, (long) chunk * CHUNK + chunk);
            assertThat(verify(file, digest, tier).matches())
                    .as("chunk %d", chunk)
                    .isEqualTo(!sampled.chunks().contains(chunk));
            flip(file, (long) chunk * CHUNK + chunk);
        }
    }

    @Test
    void sample_of_all_chunks_is_a_full_reading() throws IOException {
        Path file = file("file", 5 * CHUNK);
        FileDigest digest = hasher().digest(file);

        assertThat(verify(file, digest, new Tier.Sampled(3, 1)).coverage()).isEqualTo(new Coverage.Full());
        assertThat(verify(file("one", 10), hasher().digest(folder.resolve("one")), new Tier.Sampled(3, 1))
                        .coverage())
                .isEqualTo(new Coverage.Full());
    }

    /** Figures of the specification: 64 chunks find a change of 1 % of all with .47, of 5 % with .96. */
    @Test
    void tells_how_likely_a_sample_finds_a_change() {
        Tier.Sampled shipped = new Tier.Sampled(Tier.Sampled.SHIPPED_CHUNKS, 1);

        assertThat(shipped.power(.01)).isBetween(.47, .48);
        assertThat(shipped.power(.05)).isBetween(.96, .97);
    }

    private FileProof verify(Path file, FileDigest expected, Tier tier) {
        SortedMap<Path, FileDigest> one = new TreeMap<>();
        one.put(file, expected);
        return verifier().verify(one, tier).getFirst();
    }

    private FileVerifier verifier() {
        return new FileVerifier(hashing().keepingIn(cache()));
    }

    private static FileHasher hasher() {
        return new FileHasher(hashing());
    }

    private static Hashing hashing() {
        return Hashing.on(2).inChunksOf(CHUNK);
    }

    private DigestCache cache() {
        return new DigestCache(folder.resolve("cache"), () -> now);
    }

    private static boolean isFull(FileProof proof) {
        return proof.coverage().equals(new Coverage.Full());
    }

    private Path file(String name, int size) throws IOException {
        byte[] bytes = new byte[size];
        new Random(size).nextBytes(bytes);
        return Files.write(folder.resolve(name), bytes);
    }

    /** A file of zeros, larger than those that are always read in full. */
    private Path large() throws IOException {
        Path file = folder.resolve("large");
        try (RandomAccessFile out = new RandomAccessFile(file.toFile(), "rw")) {
            out.setLength(LARGE);
        }
        return file;
    }

    private static void flip(Path file, long at) throws IOException {
        try (RandomAccessFile out = new RandomAccessFile(file.toFile(), "rw")) {
            out.seek(at);
            int old = out.read();
            out.seek(at);
            out.write(old ^ 1);
        }
    }
}
