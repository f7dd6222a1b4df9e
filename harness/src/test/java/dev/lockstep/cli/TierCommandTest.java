package dev.lockstep.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lockstep.document.Sha256;
import dev.lockstep.lock.FlippedByte;
import dev.lockstep.lock.Hashing;
import dev.lockstep.lock.LargeSafetensors;
import dev.lockstep.lock.Layer;
import dev.lockstep.lock.Lock;
import dev.lockstep.lock.LockFile;
import dev.lockstep.lock.TensorStore;
import dev.lockstep.stack.LockMaker;
import dev.lockstep.stack.ResolvedStack;
import dev.lockstep.stack.StackConfigReader;
import dev.lockstep.stack.TieredReading;
import dev.lockstep.testing.ServedStack;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How much of large files is read, by the commands: sparse files in the place of weights. */
final class TierCommandTest {
    private static final long MEBIBYTE = 1 << 20;
    private static final long GIGABYTE = 1_000_000_000;

    @TempDir
    Path folder;

    private ServedStack stack;
    private Path weights;

    @BeforeEach
    void serve() throws IOException {
        stack = new ServedStack(folder);
        stack.visible();
        Path model = Files.createDirectories(folder.resolve("model"));
        weights = model.resolve("model.safetensors");
        Files.writeString(model.resolve("config.json"), "{\"model_type\": \"tiny\"}");
        Files.writeString(
                folder.resolve("stack.yaml"),
                Files.readString(folder.resolve("stack.yaml")).replace("empty.gguf", "model"));
    }

    @AfterEach
    void stop() {
        stack.close();
    }

    @Test
    void lock_writes_the_chunks_of_a_large_file_and_verify_reads_by_them() throws IOException {
        LargeSafetensors.write(weights, 300 * MEBIBYTE);

        CommandRun locked = run("lock");

        assertThat(locked.exitCode()).as(locked.errors()).isZero();
        Path sidecar = only(folder.resolve("chunks"));
        assertThat(sidecar.getFileName()).hasToString(Sha256.of(sidecar) + ".chunks.json");
        assertThat(lock().layer(Layer.PROVENANCE).pinned().get("model.chunks.model.safetensors"))
                .hasToString("\"sha256:" + Sha256.of(sidecar) + "\"");
        assertThat(read(verify("full"))).isEqualTo("full");

        FlippedByte.inPlace(weights, 280 * MEBIBYTE);
        CommandRun broken = verify("full");
        assertThat(broken.exitCode()).isEqualTo(ExitCode.LOCK_BROKEN);
        assertThat(broken.output())
                .contains("LOCK BROKEN: weights")
                .contains("(other data, shape or type in 'b.weight')");
    }

    @Test
    void reading_a_gigabyte_is_told_while_it_lasts() throws IOException {
        LargeSafetensors.write(weights.resolveSibling("pytorch_model.bin"), GIGABYTE);

        assertThat(run("lock").errors())
                .containsPattern("hashed \\d\\.\\d of 1\\.0 GB.*\n")
                .containsPattern("hashed 1\\.0 of 1\\.0 GB · \\d+\\.\\d\\d GB/s\n");
    }

    @Test
    void lock_of_small_files_holds_no_chunks_and_says_nothing_of_reading() throws IOException {
        LargeSafetensors.write(weights, 10 * MEBIBYTE);

        CommandRun locked = run("lock");

        assertThat(locked.errors()).doesNotContain("hashed");
        assertThat(folder.resolve("chunks")).doesNotExist();
        assertThat(lock().layer(Layer.PROVENANCE).pinned()).doesNotContainKey("model.chunks.model.safetensors");
    }

    @Test
    void cached_reads_a_large_file_again_only_after_a_change() throws IOException {
        LargeSafetensors.write(weights, 80 * MEBIBYTE);
        assertThat(run("lock").exitCode()).isZero();

        String cached = untilCached();
        assertThat(cached)
                .startsWith("cached; model: model.safetensors cached: not changed since it was read in full at ");
        Lock before = lock();
        assertThat(run("lock", "--tier", "cached").exitCode()).isZero();
        assertThat(lock()).isEqualTo(before);

        FlippedByte.inPlace(weights, 50 * MEBIBYTE);
        CommandRun broken = verify("cached");
        assertThat(broken.exitCode()).isEqualTo(ExitCode.LOCK_BROKEN);
        assertThat(read(broken)).isEqualTo("cached; model: model.safetensors full");
        assertThat(run("lock", "--tier", "cached").exitCode()).isZero();
        assertThat(lock().id()).isNotEqualTo(before.id());
    }

    @Test
    void sampled_says_which_chunks_it_read_and_verifies_nothing_of_the_others() throws IOException {
        LargeSafetensors.write(weights, 80 * MEBIBYTE);
        lockInChunksOf(MEBIBYTE);

        CommandRun sampled = verify("sampled");

        assertThat(sampled.exitCode()).isZero();
        assertThat(read(sampled))
                .matches(
                        "sampled; model: model\\.safetensors sampled: 66 of 80 chunks \\(seed -?\\d+\\): 1, [\\d, ]*, 80;"
                                + " a change of few bytes may lie in the others");
        assertThat(sampled.output())
                .containsPattern("\nnot compared: model\\.safetensors sampled: 66 of 80 chunks \\(seed ")
                .containsPattern("\nweights +UNVERIFIABLE \\d+\n");
        JsonNode read = new ObjectMapper()
                .readTree(run("verify", "--tier", "sampled", "--json").output())
                .path("read");
        assertThat(read.path("tier").asText()).isEqualTo("sampled");
        assertThat(read.at("/parts/model").asText()).startsWith("model.safetensors sampled: 66 of 80 chunks (seed ");

        FlippedByte.inPlace(weights, 80 * MEBIBYTE - 1);
        assertThat(verify("sampled").exitCode()).isEqualTo(ExitCode.LOCK_BROKEN);
    }

    @Test
    void sampled_that_has_no_chunks_reads_all_and_says_so() throws IOException {
        LargeSafetensors.write(weights, 300 * MEBIBYTE);
        assertThat(run("lock").exitCode()).isZero();
        Files.delete(only(folder.resolve("chunks")));

        assertThat(read(verify("sampled")))
                .isEqualTo("sampled; model: model.safetensors full: its chunks are not beside the lock");
    }

    @Test
    void nothing_is_locked_by_a_sample() throws IOException {
        LargeSafetensors.write(weights, MEBIBYTE);

        CommandRun locked = run("lock", "--tier", "sampled");

        assertThat(locked.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(locked.errors())
                .isEqualTo(
                        "a lock holds proof, and a sample proves nothing of what it does not read; lock with --tier full,"
                                + " or with --tier cached where the files did not change since they were read\n");
    }

    /** What changed within the last two seconds is read again. */
    private String untilCached() {
        Instant end = Instant.now().plus(Duration.ofSeconds(60));
        String read = read(verify("cached"));
        while (read.endsWith(" full") && Instant.now().isBefore(end)) {
            read = read(verify("cached"));
        }
        return read;
    }

    private void lockInChunksOf(long bytes) {
        ResolvedStack resolved = new LockMaker(
                        folder, "", TieredReading.full(Hashing.on(2).inChunksOf(bytes)))
                .resolve(StackConfigReader.read(folder), Optional.empty());
        LockFile.write(folder.resolve("stack.lock.json"), resolved.lock());
        resolved.keepSidecars(TensorStore.in(folder));
    }

    private CommandRun verify(String tier) {
        return run("verify", "--tier", tier);
    }

    private CommandRun run(String command, String... more) {
        List<String> words = new ArrayList<>(List.of(command, "--stack", folder.toString()));
        words.addAll(List.of("--home", folder.resolve("home").toString()));
        words.addAll(List.of(more));
        return CommandRun.of(words.toArray(String[]::new));
    }

    private static String read(CommandRun run) {
        return run.output()
                .lines()
                .filter(line -> line.startsWith("read "))
                .map(line -> line.substring("read ".length()).strip())
                .findFirst()
                .orElse(run.output() + run.errors());
    }

    private Lock lock() {
        return LockFile.read(folder.resolve("stack.lock.json"));
    }

    private static Path only(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.findFirst().orElseThrow();
        }
    }
}
