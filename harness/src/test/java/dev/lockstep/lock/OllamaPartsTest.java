package dev.lockstep.lock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lockstep.document.Sha256;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The shipped model in Ollama's store. */
final class OllamaPartsTest {
    private static final String CONFIGURATION =
            "{\"model_format\":\"gguf\",\"model_family\":\"qwen3vl\",\"file_type\":\"F16\",\"renderer\":\"qwen3-vl\","
                    + "\"rootfs\":{\"type\":\"layers\",\"diff_ids\":[\"sha256:1\"]}}";

    @TempDir
    Path temporary;

    private OllamaStoreFixture store;

    @BeforeEach
    void fill() throws IOException {
        store = OllamaStoreFixture.tiny(temporary.toRealPath());
        store.tag("latest", CONFIGURATION);
    }

    @Test
    void model_and_projector_are_the_same_files_as_elsewhere() {
        SortedMap<String, ModelSource> files = ollama("tiny").ggufFiles();

        assertThat(files).containsOnlyKeys("model", "projector");
        assertThat(files.get("model"))
                .satisfies(model -> assertThat(model.read("model"))
                        .isEqualTo(ModelSource.at(Path.of("../baselines/tiny-qwen3-vl/model/tinyvl-F16.gguf"))
                                .read("model")));
    }

    @Test
    void puts_each_part_into_its_layer() throws IOException {
        SourceFacts facts = read("tiny");

        assertThat(fields(facts))
                .containsExactly(
                        "PROVENANCE ollama.file.config",
                        "PROVENANCE ollama.file.params",
                        "PROVENANCE ollama.manifest",
                        "QUANTIZATION ollama.config#/file_type",
                        "TEMPLATE ollama.config#/renderer",
                        "TEMPLATE ollama.file.system",
                        "TEMPLATE ollama.file.template",
                        "MODEL_CONFIG ollama.config#/model_family",
                        "MODEL_CONFIG ollama.config#/model_format",
                        "GENERATION_DEFAULTS ollama.params#/stop",
                        "GENERATION_DEFAULTS ollama.params#/temperature");
        assertThat(facts.notes()).containsOnlyKeys("ollama.file.license");
        assertThat(facts.problems()).isEmpty();
        assertThat(facts.proof().getOrDefault(Layer.PROVENANCE, new TreeMap<>()).get("ollama.manifest"))
                .hasToString("\"sha256:" + Sha256.of(store.manifest("latest")) + "\"");
    }

    /** ollama/ollama#13409: the same tag was pushed again with another template and other parameters. */
    @Test
    void a_tag_that_was_pushed_again_names_what_moved() throws IOException {
        SourceFacts before = read("tiny");
        store.text("template", "{{ .System }} {{ .Prompt }}")
                .text("system", "You are tiny.")
                .text("params", "{\"temperature\":0.7,\"stop\":[\"<|im_end|>\"]}")
                .text("license", "Apache-2.0")
                .tag("latest", CONFIGURATION);

        assertThat(MovedLayers.between(before, read("tiny"))).containsExactly(Layer.TEMPLATE);
    }

    @Test
    void a_parameter_moves_the_generation_defaults() throws IOException {
        SourceFacts before = read("tiny");
        store.text("template", "{{ .Prompt }}")
                .text("system", "You are tiny.")
                .text("params", "{\"temperature\":0.8,\"stop\":[\"<|im_end|>\"]}")
                .tag("latest", CONFIGURATION);

        assertThat(MovedLayers.between(before, read("tiny"))).containsExactly(Layer.GENERATION_DEFAULTS);
    }

    @Test
    void finds_models_of_other_hosts_and_namespaces() throws IOException {
        Path manifest = store.path().resolve("manifests/hf.co/org/repo/Q4_K_M");
        Files.createDirectories(manifest.resolveSibling(""));
        Files.copy(store.manifest("latest"), manifest);

        assertThat(read("hf.co/org/repo:Q4_K_M")).isEqualTo(read("tiny:latest"));
    }

    @Test
    void reads_the_newer_folder_of_manifests_first() throws IOException {
        Path manifest = store.path().resolve("manifests-v2/registry.ollama.ai/library/tiny/latest");
        Files.createDirectories(manifest.resolveSibling(""));
        Files.copy(store.manifest("latest"), manifest);
        SourceFacts before = read("tiny");

        store.text("template", "old").tag("latest", CONFIGURATION);

        assertThat(read("tiny")).isEqualTo(before);
    }

    @Test
    void chooses_from_a_list_of_manifests_as_ollama_does() throws IOException {
        SourceFacts before = read("tiny");
        String mlx = store.text("template", "mlx").manifestText("{\"model_format\":\"safetensors\"}");
        byte[] ollama = Files.readAllBytes(store.manifest("latest"));
        Files.write(store.blob(ollama), ollama);

        Files.writeString(
                store.manifest("latest"),
                "{\"schemaVersion\":2,\"mediaType\":\"application/vnd.ollama.manifest.list.v2+json\",\"manifests\":["
                        + mlx.replace("{\"schemaVersion\"", "{\"runner\":\"mlx\",\"schemaVersion\"")
                        + ",{\"runner\":\"llamacpp\",\"digest\":\"sha256:" + Sha256.of(ollama) + "\"}]}");

        assertThat(MovedLayers.between(before, read("tiny"))).isEmpty();
    }

    @Test
    void reads_the_files_of_a_model_that_is_no_gguf() throws IOException {
        store.named("tensor", "model.embed.weight", "numbers")
                .named("json", "config.json", "{\"dtype\":\"bfloat16\",\"hidden_size\":128}")
                .named("json", "tokenizer.json", "{}")
                .text("novelty", "?")
                .tag("mlx", "{}");

        assertThat(fields(read("tiny:mlx")))
                .contains(
                        "WEIGHTS ollama.file.tensor/model.embed.weight",
                        "QUANTIZATION ollama.config.json#/dtype",
                        "TOKENIZER ollama.file.tokenizer.json",
                        "MODEL_CONFIG ollama.config.json#/hidden_size",
                        "MODEL_CONFIG ollama.file.novelty");
    }

    @Test
    void numbers_adapters() throws IOException {
        store.text("model", "m").text("adapter", "a").text("adapter", "b").tag("tuned", "{}");

        assertThat(ollama("tiny:tuned").ggufFiles()).containsOnlyKeys("adapter.1", "adapter.2", "model");
    }

    @Test
    void names_a_blob_that_is_missing() throws IOException {
        Path blob = store.blob("{{ .Prompt }}".getBytes(StandardCharsets.UTF_8));
        Files.delete(blob);

        assertThat(problems("tiny"))
                .containsExactly(blob + ": is missing, but " + store.manifest("latest")
                        + " needs it as 'template'; fetch the model again with ollama pull");
    }

    @Test
    void names_a_blob_that_holds_other_bytes() throws IOException {
        Path blob = store.blob("You are tiny.".getBytes(StandardCharsets.UTF_8));
        FlippedByte.at(blob, 0);

        assertThat(problems("tiny"))
                .containsExactly(blob + ": holds bytes with the SHA-256 "
                        + Sha256.of(blob).substring(0, 12)
                        + "…, not those of its name; the store is damaged: delete it and fetch the model again");
    }

    @Test
    void names_a_model_blob_that_holds_other_bytes() throws IOException {
        byte[] model = Files.readAllBytes(Path.of("../baselines/tiny-qwen3-vl/model/tinyvl-F16.gguf"));
        FlippedByte.at(store.blob(model), model.length - 1);
        ModelSource damaged = ollama("tiny").ggufFiles().values().iterator().next();

        assertThat(damaged.read("model").problems())
                .singleElement()
                .satisfies(problem -> assertThat(problem.message())
                        .matches("holds bytes with the sha256:[0-9a-f]{12}…, not those of its name; the store is"
                                + " damaged: delete it and fetch the model again"));
    }

    @Test
    void refuses_a_model_that_another_host_serves() throws IOException {
        store.tag("cloud", "{\"remote_host\":\"https://ollama.com:443\",\"remote_model\":\"big\"}");

        assertThat(problems("tiny:cloud"))
                .singleElement()
                .asString()
                .endsWith(": says that another host serves the model ('remote_host'), so nothing of it can be locked;"
                        + " write visibility: opaque and declare what you know");
    }

    @Test
    void says_which_model_the_store_does_not_have() {
        assertThatThrownBy(() -> read("tiny:v2"))
                .hasMessage(store.manifest("v2") + ": the store has no model 'tiny:v2'; fetch it: ollama pull tiny:v2");
        assertThat(ollama("tiny:v2").ggufFiles()).isEmpty();
    }

    @Test
    void refuses_a_manifest_that_is_none() throws IOException {
        Files.writeString(store.manifest("latest"), "{\"layers\":[]}");

        assertThatThrownBy(() -> read("tiny"))
                .hasMessage(store.manifest("latest")
                        + ": is no manifest: it needs 'config' and 'layers'; fetch the model again");
    }

    @Test
    void never_leaves_the_store_by_a_digest() throws IOException {
        Files.writeString(
                store.manifest("latest"), "{\"config\":{\"digest\":\"sha256:../../etc/passwd\"},\"layers\":[]}");

        assertThatThrownBy(() -> read("tiny"))
                .hasMessage(store.manifest("latest") + ": names the blob 'sha256:../../etc/passwd',"
                        + " expected sha256: and 64 hex digits; fetch the model again");
    }

    private ModelSource.Ollama ollama(String name) {
        return new ModelSource.Ollama(store.path(), name);
    }

    private SourceFacts read(String name) {
        return ollama(name).read("ollama");
    }

    private List<String> problems(String name) {
        return read(name).problems().stream()
                .map(problem -> problem.problem().toString())
                .toList();
    }

    private static List<String> fields(SourceFacts facts) {
        List<String> names = new ArrayList<>();
        SortedMap<Layer, SortedMap<String, JsonNode>> layers = new TreeMap<>(facts.proof());
        layers.forEach((layer, fields) -> fields.keySet().forEach(field -> names.add(layer.name() + " " + field)));
        return names;
    }
}
