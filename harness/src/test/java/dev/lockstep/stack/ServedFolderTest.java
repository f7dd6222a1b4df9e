package dev.lockstep.stack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.lock.Check;
import dev.lockstep.lock.ChunkStore;
import dev.lockstep.lock.FlippedByte;
import dev.lockstep.lock.Hashing;
import dev.lockstep.lock.HubCacheFixture;
import dev.lockstep.lock.LargeSafetensors;
import dev.lockstep.lock.Layer;
import dev.lockstep.lock.Lock;
import dev.lockstep.lock.Policies;
import dev.lockstep.lock.TensorStore;
import dev.lockstep.lock.Tier;
import dev.lockstep.lock.TinyModelFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server whose command line names a folder or a snapshot, which it reads file by file. */
final class ServedFolderTest {
    private static final String COMMIT = HubCacheFixture.commit('a');

    @TempDir
    Path temporary;

    private Path root;
    private HubCacheFixture cache;

    @BeforeEach
    void fill() throws IOException {
        root = temporary.toRealPath();
        Files.writeString(root.resolve("llama-server"), "a program");
        Path model = TinyModelFolder.copyTo(root.resolve("model"));
        cache = new HubCacheFixture(root.resolve("hub")).with(COMMIT, model).ref("main", COMMIT);
    }

    @Test
    void is_itself_under_the_lock_of_its_process() throws IOException {
        for (Path served : List.of(root.resolve("model"), cache.snapshot(COMMIT))) {
            LocalProcess process = process(served, Instant.now().plusSeconds(60));
            Lock lock = lock(process);

            assertThat(lock.layer(Layer.TEMPLATE).pinned()).containsKey("model.file.chat_template.jinja");
            assertThat(checks(lock, process)).isNotEmpty().allMatch(check -> check.outcome() == Check.Outcome.MATCH);
        }
    }

    @Test
    void shows_a_file_that_was_added_before_its_start() throws IOException {
        LocalProcess process = process(root.resolve("model"), Instant.now().plusSeconds(60));
        Lock lock = lock(process);

        Files.writeString(root.resolve("model/tool_use.jinja"), "{{ tools }}");

        assertThat(checks(lock, process))
                .filteredOn(Check::breaksLock)
                .extracting(Check::field)
                .containsExactly("model.file.tool_use.jinja");
    }

    @Test
    void proves_nothing_by_a_link_that_was_set_anew_after_its_start() throws IOException {
        Path served = cache.snapshot(COMMIT);
        Lock lock = lock(process(served, Instant.now().plusSeconds(60)));
        Path link = served.resolve("merges.txt");
        Instant start = Instant.now();
        Path target = Files.readSymbolicLink(link);
        do {
            Files.delete(link);
            Files.createSymbolicLink(link, target);
        } while (!changed(link).isAfter(start));

        assertThat(checks(lock, process(served, start)))
                .filteredOn(check -> check.layer() == Layer.TOKENIZER)
                .isNotEmpty()
                .allMatch(check -> check.outcome() == Check.Outcome.UNVERIFIABLE
                        && check.note()
                                .equals("the link " + link
                                        + " was set after process 7 (llama-server) started; restart it"));
    }

    @Test
    void is_not_proven_by_a_sample_of_its_weights() throws IOException {
        Path model = root.resolve("model");
        LargeSafetensors.write(model.resolve("model.safetensors"), 80 << 20);
        LocalProcess process = process(model, Instant.now().plusSeconds(60));
        Hashing hashing = Hashing.on(2).inChunksOf(1 << 20);
        Proof proof =
                Proof.ofForeign(config().files(), Optional.of(process), new ModelLayers(TieredReading.full(hashing)));
        Lock lock = LockMaker.lock(config(), proof, new LayerFacts());
        proof.chunks().forEach(ChunkStore.beside(TensorStore.in(root))::keep);

        assertThat(belowFloor(lock, process, new Tier.Full())).isEmpty();
        assertThat(belowFloor(lock, process, new Tier.Sampled(3, 1))).containsExactly(Layer.WEIGHTS);
        FlippedByte.inPlace(model.resolve("model.safetensors"), 0);
        assertThat(new Verification(host(lock, process, new Tier.Sampled(3, 1)), Set.of()).broken())
                .containsExactly(Layer.WEIGHTS);
    }

    private List<Layer> belowFloor(Lock lock, LocalProcess process, Tier tier) throws IOException {
        return new Verification(host(lock, process, tier), Set.of(Layer.WEIGHTS, Layer.TOKENIZER)).belowFloor();
    }

    private List<Check> host(Lock lock, LocalProcess process, Tier tier) throws IOException {
        return HostChecks.of(lock, config(), tier, Hashing.on(2)).process(new ProcessEvidence.Seen(process));
    }

    private static Instant changed(Path link) throws IOException {
        return ((FileTime) Files.getAttribute(link, "unix:ctime", LinkOption.NOFOLLOW_LINKS)).toInstant();
    }

    private Lock lock(LocalProcess process) throws IOException {
        return LockMaker.lock(
                config(), Proof.ofForeign(config().files(), Optional.of(process), new ModelLayers()), new LayerFacts());
    }

    private static List<Check> checks(Lock lock, LocalProcess process) {
        FileChecks files = new FileChecks(lock, Policies.defaults(), new ModelLayers());
        return new ProcessChecks(lock, Policies.defaults(), files).run(new ProcessEvidence.Seen(process));
    }

    private LocalProcess process(Path model, Instant started) {
        List<String> argv = List.of("./llama-server", "-m", model.toString());
        return new LocalProcess(
                7, 1, started, argv, root.resolve("llama-server"), root, "", new TreeMap<>(), List.of());
    }

    private StackConfig config() throws IOException {
        return StackConfigReader.read(Files.writeString(root.resolve("stack.yaml"), """
                schema: stack/1
                name: own
                engine: llama.cpp
                model: tiny
                endpoint: {url: "http://127.0.0.1:1"}
                """));
    }
}
