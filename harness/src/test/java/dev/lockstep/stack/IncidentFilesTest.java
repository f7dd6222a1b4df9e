package dev.lockstep.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.lockstep.gate.Attribution;
import dev.lockstep.lock.Check;
import dev.lockstep.lock.FileTree;
import dev.lockstep.lock.FlippedByte;
import dev.lockstep.lock.Layer;
import dev.lockstep.lock.Lock;
import dev.lockstep.lock.Mirror;
import dev.lockstep.lock.OllamaStoreFixture;
import dev.lockstep.lock.TinyModelFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Incidents that happened to others, of which files tell enough: how they are found, and which layer is named. The table is in
 * {@code docs/incidents.md}; those that need a server are in {@link IncidentRealStackTest}.
 */
final class IncidentFilesTest {
    private static final Path SAVED = Path.of("src/test/resources/saved").toAbsolutePath();

    @TempDir
    Path temporary;

    private Path root = Path.of("");

    @BeforeEach
    void resolve() throws IOException {
        root = temporary.toRealPath();
    }

    /**
     * 3. Llama-3-Instruct was published with {@code <|end_of_text|>} as its only end; {@code <|eot_id|>}, with which it ends its
     * turns, came into {@code generation_config.json} later (vllm-project/vllm#4180, PR #4182).
     *
     * <p>Kept: the file that vLLM and transformers take the stop ids from. What the answers do is seen in
     * {@link IncidentRealStackTest}.
     */
    @Test
    void incident_3_an_end_that_is_missing_from_the_generation_config_is_of_the_generation_defaults()
            throws IOException {
        Path model = TinyModelFolder.copyTo(root.resolve("model"));
        Path defaults = model.resolve("generation_config.json");
        Files.writeString(
                defaults,
                Files.readString(defaults).replace("\"eos_token_id\": 1006", "\"eos_token_id\": [1004, 1006]"));
        StackConfig config = vllm("files: {weights: model}");
        Lock lock = lock(config);

        Files.writeString(defaults, Files.readString(defaults).replace("[1004, 1006]", "1004"));

        Verification now = verify(lock, config, ServerDouble.vllm());
        assertThat(now.broken()).containsExactly(Layer.GENERATION_DEFAULTS);
        assertThat(blamed(now)).containsExactly(Layer.GENERATION_DEFAULTS);
        assertThat(now.breaking(Layer.GENERATION_DEFAULTS))
                .extracting(Check::field, Check::values)
                .containsExactly(tuple("model.generation_config.json#/eos_token_id", "locked [1004,1006], found 1004"));
    }

    /**
     * 4. Llama-3.x: the publisher corrected the template, copies of the model went on with the old one
     * (huggingface/transformers#30893, unslothai/unsloth#880, ollama/ollama#6310).
     *
     * <p>Kept: a copy with the same weights and an older template, in both files that hold it.
     */
    @Test
    void incident_4_a_mirror_with_an_older_template_has_the_same_weights_only() throws IOException {
        Path upstream = TinyModelFolder.copyTo(root.resolve("upstream"));
        Path mirror = TinyModelFolder.copyTo(root.resolve("mirror"));
        for (String file : List.of("chat_template.jinja", "tokenizer_config.json")) {
            Path older = mirror.resolve(file);
            Files.writeString(
                    older, Files.readString(older).replace("You may call one or more", "You may call one of the"));
        }

        Mirror compared = Mirror.between(FileTree.read(upstream), FileTree.read(mirror));

        assertThat(compared.state()).isEqualTo(Mirror.State.WEIGHTS_ONLY);
        assertThat(compared.differences())
                .extracting(Mirror.Difference::path)
                .containsExactly("chat_template.jinja", "tokenizer_config.json");
        Lock lock = lock(vllm("files: {weights: upstream}"));
        Verification served = verify(lock, vllm("files: {weights: mirror}"), ServerDouble.vllm());
        assertThat(served.broken()).containsExactly(Layer.TEMPLATE);
        assertThat(blamed(served)).containsExactly(Layer.TEMPLATE);
    }

    /**
     * 6. ministral-3 of Ollama's library was pushed again under its tag, with another template and other parameters
     * (ollama/ollama#13409).
     *
     * <p>Kept: a store whose tag leads to another manifest with the same model layer. No Ollama runs here: what it says of
     * itself is played by a double.
     */
    @Test
    void incident_6_a_tag_that_was_pushed_again_names_template_and_parameters() throws IOException {
        OllamaStoreFixture store = OllamaStoreFixture.tiny(root.resolve("store"));
        String manifest = store.manifestText("{}");
        Files.createDirectories(store.manifest("latest").resolveSibling(""));
        Files.writeString(store.manifest("latest"), manifest);
        StackConfig config = config("ollama", "files: {ollama: {model: tiny, store: store}}");
        Lock lock;
        try (ServerDouble server = ServerDouble.ollama()) {
            lock = new LockMaker(root, "").lock(config, Optional.of(server.endpoint()));
        }

        store.text("template", "[INST]{{ .Prompt }}[/INST]").text("params", "{\"temperature\":0.15}");
        String added = store.manifestText("{}");
        Files.writeString(
                store.manifest("latest"),
                replaced(replaced(manifest, layer(added, "template")), layer(added, "params")));

        Verification now = verify(
                lock,
                config,
                ServerDouble.ollama()
                        .with("/api/tags", "{\"models\":[{\"name\":\"tiny:latest\",\"digest\":\"cafe\"}]}"));
        assertThat(now.broken()).containsExactly(Layer.TEMPLATE, Layer.GENERATION_DEFAULTS);
        assertThat(blamed(now)).containsExactly(Layer.TEMPLATE, Layer.GENERATION_DEFAULTS);
        assertThat(now.checks())
                .filteredOn(check -> check.layer() == Layer.WEIGHTS && check.step() == Check.Step.DISK)
                .isNotEmpty()
                .allMatch(check -> check.outcome() == Check.Outcome.MATCH);
        assertThat(now.checks())
                .filteredOn(check -> check.field().endsWith("manifest"))
                .extracting(Check::outcome, Check::policy)
                .contains(tuple(Check.Outcome.MISMATCH, Check.Policy.WARN))
                .doesNotContain(tuple(Check.Outcome.MISMATCH, Check.Policy.PIN));
    }

    /**
     * 9. The limits of the picture size moved from {@code min_pixels} and {@code max_pixels} to {@code size}, and one of them was
     * ignored in silence (huggingface/transformers#41955, QwenLM/Qwen3-VL#1052, vllm-project/vllm PR #33208).
     *
     * <p>Kept: the processor's file of a model. How many tokens a picture then takes is seen in {@link IncidentRealStackTest}.
     */
    @Test
    void incident_9_other_limits_of_the_picture_size_are_of_the_processor() throws IOException {
        Path model = TinyModelFolder.copyTo(root.resolve("model"));
        StackConfig config = vllm("files: {weights: model}");
        Lock lock = lock(config);
        Path processor = model.resolve("preprocessor_config.json");

        Files.writeString(
                processor, Files.readString(processor).replace("\"size\": {", "\"max_pixels\": 65536,\n \"size\": {"));

        Verification now = verify(lock, config, ServerDouble.vllm());
        assertThat(now.broken()).containsExactly(Layer.PROCESSOR);
        assertThat(blamed(now)).containsExactly(Layer.PROCESSOR);
        assertThat(now.breaking(Layer.PROCESSOR))
                .extracting(Check::field)
                .containsExactly("model.preprocessor_config.json#/max_pixels");
    }

    /**
     * 13. {@code vllm/vllm-openai:glm53-flash} was pushed again under its tag (ai-dynamo/dynamo#14573).
     *
     * <p>Kept: what the cluster says of the pod that runs, saved anew. No cluster runs here.
     */
    @Test
    void incident_13_an_image_that_was_pushed_again_under_its_tag_is_of_the_engine() throws IOException {
        Path pod = Files.copy(SAVED.resolve("pod.json"), root.resolve("pod.json"));
        StackConfig config = config("vllm", "visibility: opaque\nlaunch: {from: pod.json, container: server}");
        Lock lock = lock(config);

        Files.writeString(pod, Files.readString(pod).replace("vllm-openai@sha256:0123", "vllm-openai@sha256:819e"));

        StackConfig now = config("vllm", "visibility: opaque\nlaunch: {from: pod.json, container: server}");
        Verification verification = verify(lock, now, ServerDouble.generic());
        assertThat(verification.broken()).containsExactly(Layer.ENGINE);
        // Nothing but the lock and a saved file was compared, so there is no clue beside the layer.
        assertThat(Attribution.of(verification.checks())).isEmpty();
        assertThat(verification.breaking(Layer.ENGINE)).extracting(Check::field).containsExactly("image.digest");
    }

    /**
     * 14. {@code llama-server -hf} asks the hub at each start, and where its etag is another deletes the cached file and fetches
     * the new one (ggml-org/llama.cpp#20005).
     *
     * <p>Kept: the command line, which cannot be locked; and what the next start finds in the cache.
     */
    @Test
    void incident_14_a_model_that_is_fetched_at_each_start_cannot_be_locked() throws IOException {
        TinyModelFolder.copyTo(root.resolve("model"));
        String files = "files: {weights: model}\nlaunch: {command: \"llama-server -hf tiny/vl:F16%s\"}";
        StackConfig fetching = config("llama.cpp", files.formatted(""));

        assertThatThrownBy(() -> lock(fetching))
                .hasMessage(root.resolve("stack.yaml")
                        + ": the server was started with -hf and without --offline: at each start it asks for the newest"
                        + " file, and puts it in the place of the one that is here, so no lock can hold it;"
                        + " start it with --offline, or name the file with -m");

        StackConfig offline = config("llama.cpp", files.formatted(" --offline"));
        Lock lock = lock(offline);
        assertThat(verify(lock, offline, silentLlama()).broken()).isEmpty();

        StackConfig again = config("llama.cpp", files.formatted(""));
        FlippedByte.in(root.resolve("model/chat_template.jinja"), "assistan", 'x');
        Verification now = verify(lock, again, silentLlama());
        assertThat(now.broken()).containsExactly(Layer.LAUNCH, Layer.TEMPLATE);
        assertThat(blamed(now)).containsExactly(Layer.TEMPLATE, Layer.LAUNCH);
    }

    private static List<Layer> blamed(Verification now) {
        return Attribution.of(now.checks()).orElseThrow().layers();
    }

    private static String layer(String manifest, String kind) {
        int at = manifest.indexOf("{\"mediaType\":\"application/vnd.ollama.image." + kind + "\"");
        return manifest.substring(at, manifest.indexOf('}', at) + 1);
    }

    /** Puts a layer in the place of the one of its kind. */
    private static String replaced(String manifest, String layer) {
        String kind = layer.substring(layer.indexOf(".image.") + 7, layer.indexOf("\",\"digest\""));
        return manifest.replace(layer(manifest, kind), layer);
    }

    /** A llama.cpp server that says nothing of itself. */
    private static ServerDouble silentLlama() {
        return ServerDouble.generic()
                .with("/props", "{}")
                .with("/lora-adapters", "[]")
                .with("/apply-template", "{}")
                .with("/completion", "{}");
    }

    private Lock lock(StackConfig config) {
        return new LockMaker(root, "").lock(config, Optional.empty());
    }

    private static Verification verify(Lock lock, StackConfig config, ServerDouble server) {
        try (server) {
            return Verifier.verify(lock, config, server.endpoint(), Optional.empty());
        }
    }

    private StackConfig vllm(String more) throws IOException {
        return config("vllm", more);
    }

    private StackConfig config(String engine, String more) throws IOException {
        return StackConfigReader.read(Files.writeString(root.resolve("stack.yaml"), """
                schema: stack/1
                name: incident
                engine: %s
                model: tiny
                endpoint: {url: "http://127.0.0.1:1"}
                %s
                """.formatted(engine, more)));
    }
}
