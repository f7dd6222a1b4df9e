package dev.lockstep.lock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.lockstep.document.FileKey;
import dev.lockstep.document.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DigestCacheTest {
    private static final Instant CHANGED = Instant.parse("2026-11-22T10:00:00.123456789Z");
    private static final Instant NOW = CHANGED.plusSeconds(60);
    private static final FileKey KEY = new FileKey(1, 2, 3, 4, CHANGED.getEpochSecond() * 1_000_000_000 + 123_456_789);
    private static final FileDigest DIGEST = new FileDigest(
            3,
            Sha256.of("abc"),
            Optional.of(GitOid.ofBlob(new byte[] {1})),
            Optional.of(new ChunkTree(2, 3, List.of(Sha256.of("ab"), Sha256.of("c")))),
            Optional.of(new FileDigest.Header(1, Sha256.of("a"))));

    @TempDir
    private Path folder;

    @Test
    void finds_what_was_kept() {
        cache(NOW).keep(KEY, DIGEST);

        assertThat(cache(NOW.plusSeconds(5)).find(KEY)).contains(new DigestCache.Kept(DIGEST, NOW));
    }

    @Test
    void any_other_key_finds_nothing() {
        cache(NOW).keep(KEY, DIGEST);

        assertThat(Stream.of(
                        new FileKey(9, 2, 3, 4, KEY.changed()),
                        new FileKey(1, 9, 3, 4, KEY.changed()),
                        new FileKey(1, 2, 9, 4, KEY.changed()),
                        new FileKey(1, 2, 3, 9, KEY.changed()),
                        new FileKey(1, 2, 3, 4, KEY.changed() + 1)))
                .allSatisfy(other -> assertThat(cache(NOW).find(other)).isEmpty());
    }

    @Test
    void file_has_one_record() throws IOException {
        cache(NOW).keep(KEY, DIGEST);
        FileKey later = new FileKey(1, 2, 3, 5, KEY.changed() + 1);

        cache(NOW).keep(later, FileDigest.of(3, Sha256.of("xyz")));

        assertThat(cache(NOW).find(KEY)).isEmpty();
        assertThat(cache(NOW).find(later).map(kept -> kept.digest().sha256())).contains(Sha256.of("xyz"));
        try (Stream<Path> records = Files.list(folder.resolve("digests"))) {
            assertThat(records).hasSize(1);
        }
    }

    @Test
    void file_that_changed_within_two_seconds_is_not_kept() {
        cache(CHANGED.plusMillis(1999)).keep(KEY, DIGEST);
        cache(CHANGED.minusSeconds(60)).keep(KEY, DIGEST);
        assertThat(cache(NOW).find(KEY)).isEmpty();

        cache(CHANGED.plusMillis(2000)).keep(KEY, DIGEST);
        assertThat(cache(NOW).find(KEY)).isPresent();
    }

    @Test
    void every_cut_and_every_flipped_byte_of_a_record_counts_as_none() throws IOException {
        cache(NOW).keep(KEY, DIGEST);
        Path record = folder.resolve("digests").resolve("1-2.record");
        byte[] whole = Files.readAllBytes(record);
        for (int at = 0; at < whole.length; at++) {
            byte[] flipped = whole.clone();
            flipped[at] ^= 1;
            Files.write(record, flipped);
            assertThat(cache(NOW).find(KEY)).as("flipped at %d", at).isEmpty();
            Files.write(record, Arrays.copyOf(whole, at));
            assertThat(cache(NOW).find(KEY)).as("cut to %d", at).isEmpty();
        }
        Files.write(record, whole);
        assertThat(cache(NOW).find(KEY)).isPresent();
    }

    @Test
    void what_is_no_record_counts_as_none() throws IOException {
        Path record = Files.createDirectories(folder.resolve("digests")).resolve("1-2.record");
        for (String text : List.of("", "\n\n", "{}\n" + Sha256.of("{}") + "\n", "[\n" + Sha256.of("[") + "\n")) {
            Files.writeString(record, text);
            assertThat(cache(NOW).find(KEY)).as(text).isEmpty();
        }
        Files.delete(record);
        Files.createDirectory(record);
        assertThat(cache(NOW).find(KEY)).isEmpty();
    }

    @Test
    void file_keeps_its_key_until_it_changes() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "abc");
        Optional<FileKey> key = FileKey.of(file);

        assertThat(FileKey.of(file)).isEqualTo(key).hasValueSatisfying(found -> {
            assertThat(found.size()).isEqualTo(3);
            assertThat(found.changedAt()).isCloseTo(Instant.now(), within(1, ChronoUnit.MINUTES));
        });
        Files.setLastModifiedTime(file, FileTime.fromMillis(0));
        assertThat(FileKey.of(file)).isNotEqualTo(key);
    }

    private DigestCache cache(Instant now) {
        return new DigestCache(folder.resolve("digests"), () -> now);
    }
}
