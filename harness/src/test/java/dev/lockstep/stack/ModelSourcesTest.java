package dev.lockstep.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.document.ProblemsException;
import dev.lockstep.lock.Check;
import dev.lockstep.lock.FlippedByte;
import dev.lockstep.lock.HubCacheFixture;
import dev.lockstep.lock.Layer;
import dev.lockstep.lock.Lock;
import dev.lockstep.lock.LockFile;
import dev.lockstep.lock.OllamaStoreFixture;
import dev.lockstep.lock.SafetensorsFixture;
import dev.lockstep.lock.TinyModelFolder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Locks made from model sources without a server, and what is found when the sources move. */
final class ModelSourcesTest {
    private static final String COMMIT = HubCacheFixture.commit('a');
    private static final String OTHER = HubCacheFixture.commit('b');

    @TempDir
    Path temporary;

    private Path root;
    private Path model;

    @BeforeEach
    void copy() throws IOException {
        root = temporary.toRealPath();
        model = TinyModelFolder.copyTo(root.resolve("model"));
    }

    @Test
    void a_folder_is_itself() throws IOException {
        StackConfig config = config("files: {weights: model}");

        assertThat(checks(lock(config), config)).isNotEmpty().allMatch(check -> check.outcome() == Check.Outcome.MATCH);
    }

    @Test
    void every_layer_of_a_folder_is_pinned() throws IOException {
        Lock lock = lock(config("files: {weights: model}"));

        for (Layer layer : List.of(
                Layer.WEIGHTS,
                Layer.QUANTIZATION,
                Layer.TOKENIZER,
                Layer.TEMPLATE,
                Layer.MODEL_CONFIG,
                Layer.PROCESSOR,
                Layer.GENERATION_DEFAULTS)) {
            assertThat(lock.layer(layer).pinned()).as(layer.key()).isNotEmpty();
        }
        assertThat(lock.layer(Layer.ADAPTERS).pinned()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "model.safetensors, , WEIGHTS",
        "chat_template.jinja, assistan, TEMPLATE",
        "merges.txt, e r, TOKENIZER",
        "generation_config.json, '\"eos_token_id\": 1', GENERATION_DEFAULTS",
        "preprocessor_config.json, '\"shortest_edge\": 8', PROCESSOR",
        "adapter/adapter_config.json, '\"lora_alpha\": 1', ADAPTERS"
    })
    void a_byte_breaks_exactly_its_layer(String file, String text, Layer layer) throws IOException {
        Path adapter = Files.createDirectories(root.resolve("adapter"));
        Files.writeString(adapter.resolve("adapter_config.json"), "{\"r\": 8, \"lora_alpha\": 16}");
        new SafetensorsFixture().tensor("a", (byte) 1).write(adapter.resolve("adapter_model.safetensors"));
        StackConfig config = config("files: {weights: model, adapters: [adapter]}");
        Lock lock = lock(config);
        Path changed = file.startsWith("adapter/") ? root.resolve(file) : model.resolve(file);

        if (text == null) {
            FlippedByte.at(changed, 5_000_000);
        } else {
            FlippedByte.in(changed, text, '2');
        }

        assertThat(broken(checks(lock, config))).containsExactly(layer);
    }

    @Test
    void the_scale_of_an_adapter_is_part_of_its_layer() throws IOException {
        Path adapter = Files.createDirectories(root.resolve("adapter"));
        Files.writeString(adapter.resolve("adapter_config.json"), "{\"r\": 8}");
        new SafetensorsFixture().tensor("a", (byte) 1).write(adapter.resolve("adapter_model.safetensors"));
        StackConfig.Files files = new StackConfig.Files(
                Optional.of(model), Optional.empty(), List.of(new StackConfig.Adapter(adapter, 0.5)));
        Lock half = LockMaker.lock(
                config("files: {weights: model}"), new Proof(new ModelLayers()).readFiles(files), new LayerFacts());

        assertThat(half.layer(Layer.ADAPTERS).pinned().get("adapter.1.scale")).hasToString("0.5");
    }

    @Test
    void an_extra_file_that_engines_load_breaks_its_layer() throws IOException {
        StackConfig config = config("files: {weights: model}");
        Lock lock = lock(config);

        Files.writeString(model.resolve("modeling_tiny.py"), "import os");
        Files.writeString(model.resolve("tool_use.jinja"), "{{ tools }}");

        assertThat(mismatches(checks(lock, config)))
                .containsExactly(
                        "template model.file.tool_use.jinja PIN: the stack holds it, the lock does not",
                        "modelConfig model.file.modeling_tiny.py PIN: the stack holds it, the lock does not");
    }

    @Test
    void an_extra_processor_of_a_text_model_breaks_the_lock_too() throws IOException {
        Files.delete(model.resolve("preprocessor_config.json"));
        Files.delete(model.resolve("video_preprocessor_config.json"));
        StackConfig config = config("files: {weights: model}");
        Lock lock = lock(config);

        Files.writeString(model.resolve("preprocessor_config.json"), "{\"do_resize\": true}");

        assertThat(mismatches(checks(lock, config)))
                .contains("processor model.preprocessor_config.json#/do_resize PIN: the stack holds it, the lock does"
                        + " not");
    }

    @Test
    void a_missing_file_is_named() throws IOException {
        Path sharded = TinyModelFolder.shardedTo(root.resolve("sharded"));
        StackConfig config = config("files: {weights: sharded}");
        Lock lock = lock(config);
        Path shard = sharded.resolve("model-00002-of-00002.safetensors");

        Files.delete(shard);

        assertThat(mismatches(checks(lock, config)))
                .containsExactly(
                        "weights model.file.model-00002-of-00002.safetensors PIN: " + shard
                                + ": is missing, though model.safetensors.index.json says that it holds 'b.weight';"
                                + " fetch the model again",
                        "provenance model.tensors WARN: the root of all tensors in the weights");
    }

    @Test
    void a_file_that_cannot_be_read_as_json_is_named() throws IOException {
        StackConfig config = config("files: {weights: model}");
        Lock lock = lock(config);

        FlippedByte.in(model.resolve("generation_config.json"), "{", '[');

        List<Check> checks = checks(lock, config);
        assertThat(broken(checks)).containsExactly(Layer.GENERATION_DEFAULTS);
        assertThat(mismatches(checks))
                .isNotEmpty()
                .allMatch(line -> line.contains("generation_config.json: is not valid JSON: line "));
    }

    @Test
    void documents_warn_and_never_break() throws IOException {
        StackConfig config = config("files: {weights: model}\npolicies: {provenance: pin}");
        Lock lock = lock(config);

        Files.writeString(model.resolve("README.md"), "Recommended: temperature 0.1\n");
        Files.writeString(model.resolve("notes.txt"), "mine\n");

        assertThat(mismatches(checks(lock, config)))
                .containsExactly(
                        "provenance model.file.README.md WARN: no engine reads it",
                        "provenance model.file.notes.txt WARN: no engine reads it");
    }

    @Test
    void documents_are_no_part_of_the_id() throws IOException {
        StackConfig config = config("files: {weights: model}");
        Lock before = lock(config);

        Files.writeString(model.resolve("README.md"), "Recommended: temperature 0.1\n");

        assertThat(lock(config).id()).isEqualTo(before.id());
        assertThat(before.layer(Layer.PROVENANCE).observed()).containsOnlyKeys("model.file.README.md", "model.tensors");
    }

    @Test
    void a_lock_of_a_folder_is_read_as_it_was_written() throws IOException {
        Lock lock = lock(config("files: {weights: model}"));
        Path file = root.resolve("stack.lock.json");
        LockFile.write(file, lock);

        assertThat(LockFile.read(file)).isEqualTo(lock);
    }

    @Test
    void a_broken_source_cannot_be_locked_and_says_all_that_is_wrong() throws IOException {
        Files.writeString(model.resolve("config.json"), "{");
        Files.writeString(model.resolve("preprocessor_config.json"), "");
        StackConfig config = config("files: {weights: model}");

        assertThatThrownBy(() -> lock(config))
                .isInstanceOf(ProblemsException.class)
                .hasMessageStartingWith(model.resolve("config.json") + ": is not valid JSON: ")
                .hasMessageContaining(model.resolve("preprocessor_config.json") + ": is not valid JSON: it is empty")
                .hasMessageEndingWith("\n2 problems");
    }

    @Test
    void a_branch_of_a_hub_cache_is_kept_as_its_commit() throws IOException {
        new HubCacheFixture(root.resolve("hub")).with(COMMIT, model).ref("main", COMMIT);
        StackConfig config = config("files: {repo: tiny/vl, cache_dir: hub}");
        Lock lock = lock(config);

        assertThat(lock.layer(Layer.PROVENANCE).observed().get("model.commit")).hasToString("\"" + COMMIT + "\"");
        assertThat(lock.id()).isEqualTo(lock(config("files: {weights: model}")).id());
        assertThat(checks(lock, config)).isNotEmpty().allMatch(check -> check.outcome() == Check.Outcome.MATCH);
    }

    /** deepseek-ai/DeepSeek-R1#350: a template changed upstream; who serves a branch gets it with the next start. */
    @Test
    void a_branch_that_moved_breaks_the_layers_that_its_new_commit_changes() throws IOException {
        HubCacheFixture cache =
                new HubCacheFixture(root.resolve("hub")).with(COMMIT, model).ref("main", COMMIT);
        StackConfig config = config("files: {repo: tiny/vl, cache_dir: hub}");
        Lock lock = lock(config);
        Path newer = TinyModelFolder.copyTo(root.resolve("newer"));
        FlippedByte.in(newer.resolve("chat_template.jinja"), "assistan", 'x');

        cache.with(OTHER, newer).ref("main", OTHER);

        assertThat(broken(checks(lock, config))).containsExactly(Layer.TEMPLATE);
        assertThat(mismatches(checks(lock, config)))
                .contains("provenance model.commit WARN: the revision led to another commit when it was locked");
    }

    @Test
    void a_tokenizer_of_another_revision_is_locked_beside_the_model() throws IOException {
        Path newer = TinyModelFolder.copyTo(root.resolve("newer"));
        FlippedByte.in(newer.resolve("merges.txt"), "e r", 'x');
        HubCacheFixture cache = new HubCacheFixture(root.resolve("hub"))
                .with(COMMIT, model)
                .with(OTHER, newer)
                .ref("main", COMMIT);
        StackConfig config = config("files: {repo: tiny/vl, cache_dir: hub, tokenizer_revision: \"" + OTHER + "\"}");
        Lock lock = lock(config);

        assertThat(lock.layer(Layer.TOKENIZER).pinned()).containsKey("tokenizer.file.merges.txt");
        assertThat(checks(lock, config)).isNotEmpty().allMatch(check -> check.outcome() == Check.Outcome.MATCH);
        FlippedByte.in(cache.snapshot(COMMIT).resolve("merges.txt"), "e r", 'y');
        assertThat(broken(checks(lock, config))).isEmpty();
        FlippedByte.in(cache.snapshot(OTHER).resolve("merges.txt"), "e x", 'y');
        assertThat(broken(checks(lock, config))).containsExactly(Layer.TOKENIZER);
    }

    @Test
    void a_cache_on_another_machine_cannot_be_verified() throws IOException {
        new HubCacheFixture(root.resolve("hub")).with(COMMIT, model).ref("main", COMMIT);
        StackConfig config = config("files: {repo: tiny/vl, cache_dir: hub}");
        Lock lock = lock(config);

        Files.move(root.resolve("hub"), root.resolve("elsewhere"));

        assertThat(checks(lock, config))
                .isNotEmpty()
                .allMatch(check -> check.outcome() == Check.Outcome.UNVERIFIABLE
                        && check.note().equals("tiny/vl in " + root.resolve("hub") + " cannot be read here"));
    }

    @Test
    void a_model_of_ollama_is_locked_part_by_part() throws IOException {
        OllamaStoreFixture store = OllamaStoreFixture.tiny(root.resolve("ollama"));
        store.tag("latest", "{\"model_family\":\"qwen3vl\"}");
        StackConfig config = config("files: {ollama: {model: tiny, store: ollama}}");
        Lock lock = lock(config);

        assertThat(lock.layer(Layer.WEIGHTS).pinned()).containsKeys("model.tensors", "projector.tensors");
        assertThat(lock.layer(Layer.TEMPLATE).pinned()).containsKey("ollama.file.template");
        assertThat(lock.layer(Layer.GENERATION_DEFAULTS).pinned()).containsKey("ollama.params#/temperature");
        assertThat(checks(lock, config)).isNotEmpty().allMatch(check -> check.outcome() == Check.Outcome.MATCH);
    }

    @Test
    void a_projector_that_left_ollamas_manifest_is_missed() throws IOException {
        OllamaStoreFixture store = OllamaStoreFixture.tiny(root.resolve("ollama"));
        store.tag("latest", "{}");
        StackConfig config = config("files: {ollama: {model: tiny, store: ollama}}");
        Lock lock = lock(config);

        String manifest = Files.readString(store.manifest("latest"));
        Files.writeString(
                store.manifest("latest"),
                manifest.replaceFirst("\\{\"mediaType\":\"application/vnd.ollama.image.projector\"[^}]*\\},", ""));

        assertThat(broken(checks(lock, config)))
                .contains(Layer.WEIGHTS, Layer.PROCESSOR)
                .doesNotContain(Layer.TEMPLATE, Layer.GENERATION_DEFAULTS);
    }

    @Test
    void an_image_without_digest_is_unknown() throws IOException {
        Lock tag = lock(config("files: {weights: model}\nimage: vllm/vllm-openai:v0.33.0"));
        Lock digest =
                lock(config("files: {weights: model}\nimage: \"vllm/vllm-openai@sha256:" + "0".repeat(64) + "\""));

        assertThat(tag.layer(Layer.ENGINE).unknown()).contains("image.digest");
        assertThat(digest.layer(Layer.ENGINE).unknown()).doesNotContain("image.digest");
    }

    @Test
    void packages_beside_the_engine_are_pinned_and_compared() throws IOException {
        Path info = Files.createDirectories(root.resolve("site/tokenizers-0.22.0.dist-info"));
        Files.writeString(info.resolve("METADATA"), "Name: tokenizers\nVersion: 0.22.0\n");
        Files.writeString(info.resolve("RECORD"), "tokenizers/core.py,,\n");
        Path source = Files.createDirectories(root.resolve("site/tokenizers")).resolve("core.py");
        Files.write(source, "pass".getBytes(StandardCharsets.UTF_8));
        StackConfig config = config("files: {weights: model, packages: {folder: site, names: [tokenizers]}}");
        Lock lock = lock(config);

        assertThat(checks(lock, config)).allMatch(check -> check.outcome() == Check.Outcome.MATCH);
        Files.writeString(source, "import os");
        assertThat(mismatches(checks(lock, config))).containsExactly("engine package.tokenizers PIN: ");
        Files.move(root.resolve("site"), root.resolve("gone"));
        assertThat(checks(lock, config))
                .filteredOn(check -> check.layer() == Layer.ENGINE)
                .singleElement()
                .satisfies(check -> assertThat(check.note()).isEqualTo(root.resolve("site") + " cannot be read here"));
    }

    private Lock lock(StackConfig config) {
        return new LockMaker(root, "").lock(config, Optional.empty());
    }

    private static List<Check> checks(Lock lock, StackConfig config) {
        return new FileChecks(lock, config.policies(), new ModelLayers()).onDisk(config);
    }

    private static List<Layer> broken(List<Check> checks) {
        return checks.stream()
                .filter(Check::breaksLock)
                .map(Check::layer)
                .distinct()
                .toList();
    }

    private static List<String> mismatches(List<Check> checks) {
        return checks.stream()
                .filter(check -> check.outcome() == Check.Outcome.MISMATCH)
                .filter(check -> !isConsequence(check))
                .map(check -> check.layer() + " " + check.field() + " " + check.policy() + ": " + check.note())
                .toList();
    }

    /** The digest of a whole file moves with each of its parts. */
    private static boolean isConsequence(Check check) {
        return check.layer() == Layer.PROVENANCE && check.field().endsWith(".json");
    }

    private StackConfig config(String more) throws IOException {
        Files.writeString(root.resolve("stack.yaml"), """
                schema: stack/1
                name: tiny
                engine: vllm
                model: tiny
                endpoint: {url: "http://127.0.0.1:1"}
                """ + more + "\n");
        return StackConfigReader.read(root);
    }
}
