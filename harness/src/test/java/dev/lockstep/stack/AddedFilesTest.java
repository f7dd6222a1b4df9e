package dev.lockstep.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.lockstep.lock.Check;
import dev.lockstep.lock.HubCacheFixture;
import dev.lockstep.lock.Layer;
import dev.lockstep.lock.Lock;
import dev.lockstep.lock.TinyModelFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Files that somebody puts beside a locked model: those that engines load by themselves break it, others are told of. */
final class AddedFilesTest {
    private static final String COMMIT = HubCacheFixture.commit('a');

    private final ServerDouble server = ServerDouble.vllm();

    @TempDir
    Path temporary;

    private Path root = Path.of("");
    private Path model = Path.of("");

    @BeforeEach
    void fill() throws IOException {
        root = temporary.toRealPath();
        model = TinyModelFolder.copyTo(root.resolve("model"));
        Files.delete(model.resolve("chat_template.jinja"));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @ParameterizedTest
    @CsvSource({
        "chat_template.jinja, TEMPLATE",
        "tabby_template.jinja, TEMPLATE",
        "additional_chat_templates/tool_use.jinja, TEMPLATE",
        "preset.ini, GENERATION_DEFAULTS",
        "adapter_config.json, ADAPTERS",
        "modeling_tiny.py, MODEL_CONFIG",
        "code/layers.py, MODEL_CONFIG",
        "tokenization_tiny.py, TOKENIZER",
        "image_processing_tiny.py, PROCESSOR",
        "processor_config.json, PROCESSOR",
        "added_tokens.json, TOKENIZER",
        "quantize_config.json, QUANTIZATION",
        "anything.json, MODEL_CONFIG",
        "consolidated.safetensors, WEIGHTS",
        "model-00002-of-00002.safetensors, WEIGHTS",
        "mmproj.gguf, WEIGHTS"
    })
    void a_file_that_engines_load_unasked_breaks_its_layer(String name, Layer layer) throws IOException {
        StackConfig config = config("weights: model");
        Lock lock = lock(config);

        add(model.resolve(name));

        Verification now = verify(lock, config);
        assertThat(now.broken()).containsExactly(layer);
        assertThat(now.breaking(layer))
                .allMatch(check -> check.field().startsWith("model." + name + "#")
                        || check.field().equals("model.file." + name)
                        || check.note().contains("shard"));
    }

    @ParameterizedTest
    @CsvSource({
        "NOTES.md",
        "picture.png",
        ".gitattributes",
        "training_args.bin",
        "onnx/config.json",
        "chat_template.txt"
    })
    void any_other_file_only_warns(String name) throws IOException {
        StackConfig config = config("weights: model");
        Lock lock = lock(config);

        add(model.resolve(name));

        Verification now = verify(lock, config);
        assertThat(now.broken()).isEmpty();
        assertThat(mismatches(now)).containsExactly("provenance model.file." + name + " WARN: no engine reads it");
    }

    @Test
    void a_link_that_leads_out_breaks_its_layer_as_a_file_would() throws IOException {
        StackConfig config = config("weights: model");
        Lock lock = lock(config);
        Path elsewhere = Files.writeString(root.resolve("other.jinja"), "{{ messages }}");
        Path link = Files.createSymbolicLink(model.resolve("chat_template.jinja"), elsewhere);

        assertThat(mismatches(verify(lock, config)))
                .containsExactly("template model.file.chat_template.jinja PIN: " + link + ": is a link to " + elsewhere
                        + ", outside of " + model + "; put the file itself there");
    }

    @Test
    void a_link_to_a_folder_may_hold_code() throws IOException {
        StackConfig config = config("weights: model");
        Lock lock = lock(config);
        Path elsewhere = Files.createDirectories(root.resolve("elsewhere"));
        Files.createSymbolicLink(model.resolve("code"), elsewhere);

        assertThat(verify(lock, config).broken()).containsExactly(Layer.MODEL_CONFIG);
    }

    @Test
    void a_link_to_nowhere_breaks_its_layer_for_it_may_lead_somewhere_soon() throws IOException {
        StackConfig config = config("weights: model");
        Lock lock = lock(config);
        Files.createSymbolicLink(model.resolve("preset.ini"), root.resolve("not-yet"));
        Files.createSymbolicLink(model.resolve("NOTES.md"), root.resolve("not-yet"));

        assertThat(verify(lock, config).broken()).containsExactly(Layer.GENERATION_DEFAULTS);
    }

    /** huggingface_hub looks at the note of an absence before it looks at the file: the engine starts without it. */
    @Test
    void a_note_in_the_cache_that_a_file_is_absent_takes_it_away() throws IOException {
        Path whole = TinyModelFolder.copyTo(root.resolve("whole"));
        HubCacheFixture cache =
                new HubCacheFixture(root.resolve("hub")).with(COMMIT, whole).ref("main", COMMIT);
        StackConfig config = config("repo: tiny/vl, cache_dir: hub");
        Lock lock = lock(config);

        cache.deny(COMMIT, "chat_template.jinja");

        Verification now = verify(lock, config);
        assertThat(now.broken()).containsExactly(Layer.TEMPLATE);
        assertThat(now.breaking(Layer.TEMPLATE))
                .extracting(Check::field, Check::actual)
                .containsExactly(tuple("model.file.chat_template.jinja", ""));
    }

    @Test
    void a_snapshot_is_watched_like_a_folder() throws IOException {
        Path whole = TinyModelFolder.copyTo(root.resolve("whole"));
        HubCacheFixture cache =
                new HubCacheFixture(root.resolve("hub")).with(COMMIT, whole).ref("main", COMMIT);
        StackConfig config = config("repo: tiny/vl, cache_dir: hub");
        Lock lock = lock(config);

        add(cache.snapshot(COMMIT).resolve("tabby_template.jinja"));
        add(cache.snapshot(COMMIT).resolve("NOTES.md"));

        assertThat(verify(lock, config).broken()).containsExactly(Layer.TEMPLATE);
    }

    private static void add(Path file) throws IOException {
        Files.createDirectories(file.resolveSibling(""));
        Files.writeString(file, "{\"a\": 1}");
    }

    private Lock lock(StackConfig config) {
        return new LockMaker(root, "").lock(config, Optional.of(server.endpoint()));
    }

    private Verification verify(Lock lock, StackConfig config) {
        return Verifier.verify(lock, config, server.endpoint(), Optional.empty());
    }

    private static List<String> mismatches(Verification verification) {
        return verification.checks().stream()
                .filter(check -> check.outcome() == Check.Outcome.MISMATCH)
                .map(check -> check.layer() + " " + check.field() + " " + check.policy() + ": " + check.note())
                .toList();
    }

    private StackConfig config(String files) throws IOException {
        return StackConfigReader.read(
                Files.writeString(root.resolve("stack.yaml"), """
                schema: stack/1
                name: added
                engine: vllm
                model: tiny
                endpoint: {url: "%s"}
                files: {%s}
                """.formatted(server.url(), files)));
    }
}
