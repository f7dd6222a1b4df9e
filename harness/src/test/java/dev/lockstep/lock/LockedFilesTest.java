package dev.lockstep.lock;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Large files that are as the lock says are not taken apart; whatever the tier, the result is that of reading them. */
final class LockedFilesTest {
    private static final int CHUNK = 1 << 20;
    private static final int CHUNKS = 80;
    private static final Tier FULL = new Tier.Full();
    private static final Tier CACHED = new Tier.Cached();
    private static final Tier SAMPLED = new Tier.Sampled(3, 7);
    private static final String SAMPLE = "model.safetensors sampled: 5 of 80 chunks (seed 7): 1, 45, 65, 73, 80;"
            + " a change of few bytes may lie in the others";
    private static final SortedMap<String, String> NOTHING = new TreeMap<>();

    @TempDir
    Path folder;

    private final Instant now = Instant.now().plus(Duration.ofHours(1));
    private Path weights;
    private ModelSource source;
    private SourceFacts whole;
    private Lock lock;

    @BeforeEach
    void lock() throws IOException {
        Path model = TinyModelFolder.copyTo(folder.resolve("model"));
        weights = LargeSafetensors.write(model.resolve("model.safetensors"), CHUNKS * CHUNK);
        source = new ModelSource.Folder(model);
        whole = source.read("model", hashing());
        lock = ClaimedFilesTest.lock(whole);
        tensors().keep(whole.tensors());
        ChunkStore.beside(tensors()).keep(tree());
    }

    @Test
    void chunks_are_locked_by_their_root() {
        assertThat(tree().chunks()).hasSize(CHUNKS);
        assertThat(lock.layer(Layer.PROVENANCE).pinned().get("model.chunks.model.safetensors"))
                .hasToString("\"sha256:" + tree().root() + "\"");
    }

    @Test
    void every_tier_finds_in_an_unchanged_folder_what_reading_finds() {
        assertThat(read(FULL)).isEqualTo(new LockedFiles.Reading(whole, "", NOTHING));
        assertThat(read(CACHED))
                .isEqualTo(new LockedFiles.Reading(
                        whole, "model.safetensors cached: not changed since it was read in full at " + now, NOTHING));
        assertThat(read(SAMPLED))
                .isEqualTo(new LockedFiles.Reading(
                        whole,
                        SAMPLE,
                        new TreeMap<>(Map.of(
                                "model.file.model.safetensors", SAMPLE,
                                "model.chunks.model.safetensors", SAMPLE,
                                "model.tensors", SAMPLE))));
    }

    @Test
    void lists_of_tensors_that_are_not_here_are_not_needed() throws IOException {
        Files.delete(folder.resolve("tensors").resolve(whole.tensors().root() + ".tensors.json.gz"));

        for (Tier tier : List.of(FULL, CACHED, SAMPLED)) {
            assertThat(read(tier).facts())
                    .isEqualTo(new SourceFacts(
                            whole.proof(), whole.notes(), List.of(), TensorDigests.none(), whole.chunks()));
        }
        Files.writeString(folder.resolve("model").resolve("preset.ini"), "");
        assertThat(read(SAMPLED)).isEqualTo(new LockedFiles.Reading(afresh(), "model.safetensors full", NOTHING));
    }

    @Test
    void chunk_that_differs_is_found_and_its_tensor_is_named() throws IOException {
        FlippedByte.inPlace(weights, 50L * CHUNK);

        assertThat(read(FULL).facts()).isEqualTo(afresh());
        assertThat(read(CACHED).facts()).isEqualTo(afresh());
        assertThat(read(FULL).facts().tensors().byName().get("a.weight"))
                .isEqualTo(whole.tensors().byName().get("a.weight"));
        assertThat(read(FULL).facts().tensors()).isNotEqualTo(whole.tensors());
    }

    @Test
    void sample_sees_its_chunks_and_does_not_say_that_it_proves_the_others() throws IOException {
        FlippedByte.inPlace(weights, 50L * CHUNK);
        assertThat(read(SAMPLED).facts()).isEqualTo(whole);
        assertThat(read(SAMPLED).unproven()).containsKeys("model.file.model.safetensors", "model.tensors");

        FlippedByte.inPlace(weights, 80L * CHUNK - 1);
        assertThat(read(SAMPLED)).isEqualTo(new LockedFiles.Reading(afresh(), "model.safetensors full", NOTHING));
    }

    @ParameterizedTest
    @ValueSource(strings = {"preset.ini", "config.json", "model-2.safetensors"})
    void small_files_are_read_whatever_the_tier(String name) throws IOException {
        Files.writeString(folder.resolve("model").resolve(name), "{\"model_type\": 1}");

        SourceFacts found = afresh();
        assertThat(found.proof()).isNotEqualTo(whole.proof());
        for (Tier tier : List.of(FULL, CACHED, SAMPLED)) {
            assertThat(read(tier).facts()).isEqualTo(found);
        }
    }

    @Test
    void file_that_is_gone_is_gone_whatever_the_tier() throws IOException {
        Files.delete(weights);

        for (Tier tier : List.of(FULL, CACHED, SAMPLED)) {
            assertThat(read(tier).facts()).isEqualTo(afresh());
        }
    }

    @Test
    void forged_chunks_prove_nothing_and_are_told() throws IOException {
        FlippedByte.inPlace(weights, 50L * CHUNK);
        ChunkTree forged = afresh().chunks().getFirst();
        ChunkStore.beside(tensors()).keep(forged);
        Files.copy(sidecar(forged), sidecar(tree()), StandardCopyOption.REPLACE_EXISTING);

        String refused = "model.safetensors full: " + sidecar(tree()) + ": holds chunks with the root " + forged.root()
                + ", but the lock names " + tree().root()
                + "; restore the file from version control, or lock again";
        for (Tier tier : List.of(FULL, SAMPLED)) {
            assertThat(read(tier)).isEqualTo(new LockedFiles.Reading(afresh(), refused, NOTHING));
        }
    }

    @Test
    void any_change_of_the_file_ends_what_is_remembered() throws IOException {
        assertThat(read(CACHED).coverage()).startsWith("model.safetensors cached: ");

        Files.setLastModifiedTime(weights, Files.getLastModifiedTime(weights));
        assertThat(read(CACHED).coverage()).as("ctime").isEqualTo("model.safetensors full");
        assertThat(read(CACHED).coverage()).startsWith("model.safetensors cached: ");

        Path copy = Files.copy(weights, folder.resolve("copy"));
        Files.move(copy, weights, StandardCopyOption.REPLACE_EXISTING);
        assertThat(read(CACHED).coverage()).as("inode").isEqualTo("model.safetensors full");
        assertThat(read(CACHED).facts()).isEqualTo(whole);
    }

    @Test
    void gguf_file_is_known_by_its_chunks_and_its_keys_are_read() throws IOException {
        Path file = GgufFixture.model().write(folder.resolve("m.gguf"));
        source = new ModelSource.Gguf(file);
        Hashing small = hashing().inChunksOf(Files.size(file) / 8);
        whole = source.read("model", small);
        lock = ClaimedFilesTest.lock(whole);
        ChunkStore.beside(tensors()).keep(tree());
        LockedFiles files = new LockedFiles(lock, tensors(), new Tier.Sampled(1, 3), small);

        LockedFiles.Reading same = files.read(source, "model");
        assertThat(same.facts().proof()).isEqualTo(whole.proof());
        assertThat(same.unproven()).containsOnlyKeys("model.file", "model.chunks", "model.tensors");
        assertThat(same.coverage()).startsWith("m.gguf sampled: 3 of ");

        FlippedByte.at(file, Files.size(file) - 1);
        assertThat(files.read(source, "model").facts().proof()).isNotEqualTo(whole.proof());
    }

    private LockedFiles.Reading read(Tier tier) {
        return new LockedFiles(lock, tensors(), tier, hashing()).read(source, "model");
    }

    private SourceFacts afresh() {
        return source.read("model", Hashing.on(2).inChunksOf(CHUNK));
    }

    private ChunkTree tree() {
        return whole.chunks().getFirst();
    }

    private Path sidecar(ChunkTree tree) {
        return folder.resolve("chunks").resolve(tree.root() + ".chunks.json");
    }

    private TensorStore tensors() {
        return TensorStore.in(folder);
    }

    private Hashing hashing() {
        return Hashing.on(2).inChunksOf(CHUNK).keepingIn(new DigestCache(folder.resolve("digests"), () -> now));
    }
}
