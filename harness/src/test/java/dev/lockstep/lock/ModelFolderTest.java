package dev.lockstep.lock;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lockstep.document.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The shipped model in Hugging Face's layout: which byte belongs to which layer. */
final class ModelFolderTest {
    @TempDir
    Path temporary;

    private Path folder = Path.of("");

    @BeforeEach
    void copy() throws IOException {
        folder = TinyModelFolder.copyTo(temporary.toRealPath().resolve("model"));
    }

    @Test
    void puts_each_file_into_its_layer() throws IOException {
        SourceFacts facts = read();

        assertThat(files(facts))
                .containsExactly(
                        "PROVENANCE model.file.config.json",
                        "PROVENANCE model.file.generation_config.json",
                        "PROVENANCE model.file.preprocessor_config.json",
                        "PROVENANCE model.file.tokenizer_config.json",
                        "PROVENANCE model.file.video_preprocessor_config.json",
                        "WEIGHTS model.file.model.safetensors",
                        "TOKENIZER model.file.merges.txt",
                        "TOKENIZER model.file.tokenizer.json",
                        "TOKENIZER model.file.vocab.json",
                        "TEMPLATE model.file.chat_template.jinja");
        assertThat(facts.notes()).containsOnlyKeys("model.file.README.md", "model.tensors");
        assertThat(facts.problems()).isEmpty();
    }

    @Test
    void keeps_size_and_digests_of_each_file() throws IOException {
        byte[] template = Files.readAllBytes(folder.resolve("chat_template.jinja"));

        assertThat(value(Layer.TEMPLATE, "model.file.chat_template.jinja"))
                .hasToString("{\"sha256\":\"" + Sha256.of(template) + "\",\"size\":" + template.length
                        + ",\"gitOid\":\"" + GitOid.ofBlob(template) + "\"}");
    }

    @Test
    void reads_configurations_key_by_key() throws IOException {
        assertThat(value(Layer.MODEL_CONFIG, "model.config.json#/text_config/rope_parameters/rope_theta"))
                .hasToString("10000");
        assertThat(value(Layer.MODEL_CONFIG, "model.config.json#/text_config/pad_token_id"))
                .hasToString("\"null\"");
        assertThat(value(Layer.QUANTIZATION, "model.config.json#/vision_config/dtype"))
                .hasToString("\"float32\"");
        assertThat(value(Layer.GENERATION_DEFAULTS, "model.generation_config.json#/eos_token_id"))
                .hasToString("1006");
        assertThat(value(Layer.PROCESSOR, "model.preprocessor_config.json#/size/longest_edge"))
                .hasToString("1048576");
        assertThat(value(Layer.TOKENIZER, "model.tokenizer_config.json#/tokenizer_class"))
                .hasToString("\"Qwen2Tokenizer\"");
        assertThat(value(Layer.TEMPLATE, "model.tokenizer_config.json#/chat_template")
                        .asText())
                .startsWith("sha256:");
    }

    @ParameterizedTest
    @CsvSource({
        "chat_template.jinja, assistan, x, TEMPLATE",
        "tokenizer_config.json, |im_start|>assistan, x, TEMPLATE",
        "tokenizer_config.json, Qwen2Tokenize, x, TOKENIZER",
        "tokenizer.json, '\"merges\": [', {, TOKENIZER",
        "merges.txt, e r, x, TOKENIZER",
        "vocab.json, 100, 9, TOKENIZER",
        "generation_config.json, '\"eos_token_id\": 1', 2, GENERATION_DEFAULTS",
        "preprocessor_config.json, '\"shortest_edge\": 8', 9, PROCESSOR",
        "video_preprocessor_config.json, '\"shortest_edge\": 8', 9, PROCESSOR",
        "config.json, '\"rope_theta\": 1', 2, MODEL_CONFIG",
        "config.json, '\"dtype\": \"floa', x, QUANTIZATION"
    })
    void a_byte_moves_its_layer(String file, String text, char replacement, Layer layer) throws IOException {
        SourceFacts before = read();

        FlippedByte.in(folder.resolve(file), text, replacement);

        assertThat(MovedLayers.between(before, read())).containsExactly(layer);
    }

    @Test
    void a_weight_byte_moves_the_weights() throws IOException {
        SourceFacts before = read();

        FlippedByte.at(folder.resolve("model.safetensors"), 9_000_000);

        assertThat(MovedLayers.between(before, read())).containsExactly(Layer.WEIGHTS);
    }

    @Test
    void every_flipped_byte_is_found() throws IOException {
        long seed = 6;
        Random random = new Random(seed);
        new SafetensorsFixture().tensor("quick.to.hash", new byte[1 << 10]).write(folder.resolve("model.safetensors"));
        List<Path> files = all();
        SourceFacts before = read();
        for (int trial = 0; trial < 120; trial++) {
            Path file = files.get(random.nextInt(files.size()));
            long offset = random.nextLong(Files.size(file));
            FlippedByte.at(file, offset);
            assertThat(read()).as("seed %d: byte %d of %s", seed, offset, file).isNotEqualTo(before);
            FlippedByte.at(file, offset);
        }
        assertThat(read()).isEqualTo(before);
    }

    @ParameterizedTest
    @CsvSource({
        "modeling_tiny.py, MODEL_CONFIG",
        "code/layers.py, MODEL_CONFIG",
        "tokenization_tiny.py, TOKENIZER",
        "image_processing_tiny.py, PROCESSOR",
        "tool_use.jinja, TEMPLATE",
        "additional_chat_templates/rag.jinja, TEMPLATE",
        "chat_template.json, TEMPLATE",
        "special_tokens_map.json, TOKENIZER",
        "tekken.json, TOKENIZER",
        "processor_config.json, PROCESSOR",
        "hf_quant_config.json, QUANTIZATION",
        "adapter_config.json, ADAPTERS",
        "adapter_model.safetensors, ADAPTERS",
        "preset.ini, GENERATION_DEFAULTS",
        "consolidated.safetensors, WEIGHTS",
        "params.json, MODEL_CONFIG",
        "anything.json, MODEL_CONFIG"
    })
    void a_file_that_engines_load_unasked_moves_its_layer(String file, Layer layer) throws IOException {
        SourceFacts before = read();
        Path added = folder.resolve(file);
        Files.createDirectories(added.resolveSibling(""));

        if (file.endsWith(".safetensors")) {
            new SafetensorsFixture().tensor("a", (byte) 1).write(added);
        } else {
            Files.writeString(added, "{\"a\": 1}");
        }

        assertThat(MovedLayers.between(before, read())).containsExactly(layer);
    }

    @ParameterizedTest
    @CsvSource({"LICENSE", ".gitattributes", "picture.png", "training_args.bin", "onnx/config.json"})
    void a_file_that_no_engine_loads_is_a_note(String file) throws IOException {
        SourceFacts before = read();
        Path added = folder.resolve(file);
        Files.createDirectories(added.resolveSibling(""));

        Files.writeString(added, "text");

        SourceFacts after = read();
        assertThat(after.proof()).isEqualTo(before.proof());
        assertThat(after.notes()).containsKey("model.file." + file);
    }

    @Test
    void leaves_out_what_git_and_clients_keep() throws IOException {
        SourceFacts before = read();

        Files.createDirectories(folder.resolve(".cache/huggingface"));
        Files.writeString(folder.resolve(".cache/huggingface/config.json"), "{}");

        assertThat(read()).isEqualTo(before);
    }

    @Test
    void rewriting_a_configuration_moves_provenance_alone() throws IOException {
        SourceFacts before = read();
        Path file = folder.resolve("generation_config.json");

        Files.writeString(file, Files.readString(file).replace("\n", "\n "));

        assertThat(MovedLayers.between(before, read())).isEmpty();
        assertThat(read()).isNotEqualTo(before);
    }

    @Test
    void all_of_an_adapter_is_one_layer() throws IOException {
        Path adapter = Files.createDirectories(temporary.resolve("adapter"));
        Files.writeString(adapter.resolve("adapter_config.json"), "{\"r\": 8, \"lora_alpha\": 16}");
        new SafetensorsFixture().tensor("a", (byte) 1).write(adapter.resolve("adapter_model.safetensors"));
        Files.writeString(adapter.resolve("tokenizer_config.json"), "{\"chat_template\": \"x\"}");
        SourceFacts before = new ModelSource.Folder(adapter).read("adapter.1");

        FlippedByte.in(adapter.resolve("adapter_config.json"), "16", '7');

        assertThat(before.proof()).containsOnlyKeys(Layer.PROVENANCE, Layer.ADAPTERS);
        assertThat(before.proof().getOrDefault(Layer.ADAPTERS, new TreeMap<>()))
                .containsOnlyKeys(
                        "adapter.1.adapter_config.json#/lora_alpha",
                        "adapter.1.adapter_config.json#/r",
                        "adapter.1.file.adapter_model.safetensors",
                        "adapter.1.tokenizer_config.json#/chat_template",
                        "adapter.1.tokenizer_config.json#/chat_template.length");
        assertThat(MovedLayers.between(before, new ModelSource.Folder(adapter).read("adapter.1")))
                .containsExactly(Layer.ADAPTERS);
    }

    @Test
    void reads_json_as_python_does() throws IOException {
        Files.writeString(folder.resolve("params.json"), "{\"limit\": [0.0, Infinity], \"a/b\": {}, \"n\": NaN}");

        assertThat(value(Layer.MODEL_CONFIG, "model.params.json#/limit")).hasToString("[0,\"Infinity\"]");
        assertThat(value(Layer.MODEL_CONFIG, "model.params.json#/a~1b")).hasToString("{}");
        assertThat(value(Layer.MODEL_CONFIG, "model.params.json#/n")).hasToString("\"NaN\"");
    }

    private SourceFacts read() {
        return ModelSource.at(folder).read("model");
    }

    private JsonNode value(Layer layer, String field) {
        JsonNode value = read().proof().getOrDefault(layer, new TreeMap<>()).get(field);
        if (value == null) {
            throw new AssertionError("no " + field + " in " + layer);
        }
        return value;
    }

    private List<Path> all() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.sorted().toList();
        }
    }

    private static List<String> files(SourceFacts facts) {
        List<String> names = new ArrayList<>();
        facts.proof()
                .forEach((layer, fields) -> fields.keySet().stream()
                        .filter(field -> field.startsWith("model.file."))
                        .forEach(field -> names.add(layer.name() + " " + field)));
        return names;
    }
}
