package dev.lockstep.lock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lockstep.document.ErrorKind;
import dev.lockstep.document.LockstepException;
import dev.lockstep.document.Sha256;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GgufLayersTest {
    @TempDir
    private Path folder;

    @Test
    void puts_each_key_into_its_layer() throws IOException {
        Map<Layer, SortedMap<String, JsonNode>> layers = read(GgufFixture.model(), "model");

        assertThat(names(layers))
                .containsExactly(
                        "provenance model.file",
                        "weights model.tensors",
                        "weights model.tensors.length",
                        "quantization model.general.file_type",
                        "quantization model.general.quantization_version",
                        "quantization model.tensorTypes",
                        "quantization model.tensorTypes.byName",
                        "tokenizer model.tokenizer.ggml.merges",
                        "tokenizer model.tokenizer.ggml.model",
                        "template model.tokenizer.chat_template",
                        "template model.tokenizer.chat_template.length",
                        "template model.tokenizer.chat_template.tool_use",
                        "template model.tokenizer.chat_template.tool_use.length",
                        "modelConfig model.general.architecture",
                        "modelConfig model.general.type",
                        "modelConfig model.tiny.block_count",
                        "generationDefaults model.general.sampling.top_k");
    }

    @Test
    void hashes_what_its_documentation_says() throws IOException {
        Map<Layer, SortedMap<String, JsonNode>> layers = read(GgufFixture.model(), "model");

        String first = Sha256.of(new byte[] {1, 2, 3, 4, 5, 6, 7, 8});
        String second = Sha256.of(new byte[] {9, 10, 11, 12});
        String tensors = "{\"embedding.weight\":{\"sha256\":\"" + first + "\",\"shape\":[2],\"type\":\"F32\"},"
                + "\"output.weight\":{\"sha256\":\"" + second + "\",\"shape\":[2],\"type\":\"F16\"}}";
        assertThat(text(layers, Layer.WEIGHTS, "model.tensors")).isEqualTo("sha256:" + Sha256.of(tensors));
        assertThat(text(layers, Layer.WEIGHTS, "model.tensors.length")).isEqualTo("2");
        assertThat(text(layers, Layer.QUANTIZATION, "model.tensorTypes")).isEqualTo("{\"F16\":1,\"F32\":1}");
        assertThat(text(layers, Layer.QUANTIZATION, "model.tensorTypes.byName"))
                .isEqualTo("sha256:" + Sha256.of("{\"embedding.weight\":\"F32\",\"output.weight\":\"F16\"}"));
        assertThat(text(layers, Layer.TEMPLATE, "model.tokenizer.chat_template"))
                .isEqualTo("sha256:" + Sha256.of("\"{{ messages[0].content }}\""));
        assertThat(text(layers, Layer.TEMPLATE, "model.tokenizer.chat_template.length"))
                .isEqualTo("25");
        assertThat(text(layers, Layer.TOKENIZER, "model.tokenizer.ggml.merges"))
                .isEqualTo("[\"a b\",\"c d\",\"ab cd\"]");
        assertThat(text(layers, Layer.PROVENANCE, "model.file"))
                .isEqualTo("sha256:" + Sha256.of(GgufFixture.model().bytes()));
    }

    @Test
    void template_change_names_template() throws IOException {
        assertThat(moved(GgufFixture.model().text("tokenizer.chat_template", "{{ messages[0].content  }}")))
                .containsExactly(Layer.PROVENANCE, Layer.TEMPLATE);
    }

    @Test
    void named_template_change_names_template() throws IOException {
        assertThat(moved(GgufFixture.model().text("tokenizer.chat_template.tool_use", "{{ tool }}")))
                .containsExactly(Layer.PROVENANCE, Layer.TEMPLATE);
    }

    @Test
    void sampling_default_names_generation_defaults() throws IOException {
        assertThat(moved(GgufFixture.model().number("general.sampling.temp", 1)))
                .containsExactly(Layer.PROVENANCE, Layer.GENERATION_DEFAULTS);
    }

    @Test
    void removed_merge_names_tokenizer() throws IOException {
        assertThat(moved(GgufFixture.model().texts("tokenizer.ggml.merges", "a b", "c d")))
                .containsExactly(Layer.PROVENANCE, Layer.TOKENIZER);
    }

    @Test
    void flipped_byte_names_weights() throws IOException {
        assertThat(moved(GgufFixture.model().tensor("output.weight", 1, new byte[] {9, 10, 11, 13}, 2)))
                .containsExactly(Layer.PROVENANCE, Layer.WEIGHTS);
    }

    @Test
    void another_shape_of_the_same_bytes_names_weights() throws IOException {
        assertThat(moved(GgufFixture.model().tensor("output.weight", 1, new byte[] {9, 10, 11, 12}, 1, 2)))
                .containsExactly(Layer.PROVENANCE, Layer.WEIGHTS);
    }

    @Test
    void another_tensor_type_names_weights_and_quantization() throws IOException {
        assertThat(moved(GgufFixture.model().tensor("output.weight", 30, new byte[] {9, 10, 11, 12}, 2)))
                .containsExactly(Layer.PROVENANCE, Layer.WEIGHTS, Layer.QUANTIZATION);
    }

    @Test
    void types_that_change_places_name_quantization_though_their_counts_are_equal() throws IOException {
        GgufFixture swapped = GgufFixture.model()
                .tensor("embedding.weight", 1, new byte[] {1, 2, 3, 4}, 2)
                .tensor("output.weight", 0, new byte[] {1, 2, 3, 4, 5, 6, 7, 8}, 2);

        assertThat(moved(swapped)).containsExactly(Layer.PROVENANCE, Layer.WEIGHTS, Layer.QUANTIZATION);
    }

    @Test
    void file_type_names_quantization() throws IOException {
        assertThat(moved(GgufFixture.model().number("general.file_type", 7)))
                .containsExactly(Layer.PROVENANCE, Layer.QUANTIZATION);
    }

    @Test
    void other_key_names_model_config() throws IOException {
        assertThat(moved(GgufFixture.model().number("tiny.context_length", 4096)))
                .containsExactly(Layer.PROVENANCE, Layer.MODEL_CONFIG);
    }

    @Test
    void order_in_the_file_moves_only_its_provenance() throws IOException {
        GgufFixture reordered = GgufFixture.model()
                .without("tokenizer.ggml.model")
                .text("tokenizer.ggml.model", "gpt2")
                .tensor("embedding.weight", 0, new byte[] {1, 2, 3, 4, 5, 6, 7, 8}, 2);

        assertThat(moved(reordered)).containsExactly(Layer.PROVENANCE);
    }

    @Test
    void alignment_moves_no_weights() throws IOException {
        assertThat(moved(GgufFixture.model().alignment(128))).containsExactly(Layer.PROVENANCE, Layer.MODEL_CONFIG);
    }

    @Test
    void version_2_reads_like_version_3() throws IOException {
        assertThat(moved(GgufFixture.model().version(2))).containsExactly(Layer.PROVENANCE);
    }

    @Test
    void projector_keys_belong_to_the_processor() throws IOException {
        GgufFixture projector = new GgufFixture()
                .text("general.type", "mmproj")
                .number("clip.vision.patch_size", 16)
                .number("tiny.image_min_pixels", 1024)
                .number("tiny.block_count", 3)
                .tensor("v.weight", 0, new byte[] {1, 2, 3, 4}, 1);

        assertThat(names(read(projector, "projector")))
                .containsExactly(
                        "provenance projector.file",
                        "weights projector.tensors",
                        "weights projector.tensors.length",
                        "quantization projector.tensorTypes",
                        "quantization projector.tensorTypes.byName",
                        "modelConfig projector.general.type",
                        "modelConfig projector.tiny.block_count",
                        "processor projector.clip.vision.patch_size",
                        "processor projector.tiny.image_min_pixels");
    }

    @Test
    void adapter_is_one_layer_and_may_carry_a_name() throws IOException {
        GgufFixture adapter = new GgufFixture()
                .text("general.type", "adapter")
                .number("general.file_type", 0)
                .tensor("blk.0.lora_a", 0, new byte[] {1, 2, 3, 4}, 1);

        assertThat(names(read(adapter, "adapter.sql")))
                .containsExactly(
                        "provenance adapter.sql.file",
                        "adapters adapter.sql.general.file_type",
                        "adapters adapter.sql.general.type",
                        "adapters adapter.sql.tensorTypes",
                        "adapters adapter.sql.tensorTypes.byName",
                        "adapters adapter.sql.tensors",
                        "adapters adapter.sql.tensors.length");
    }

    @Test
    void reads_every_value_type() throws IOException {
        GgufFixture all = new GgufFixture()
                .value("v.u8", 0, new byte[] {-1})
                .value("v.i8", 1, new byte[] {-1})
                .value("v.u16", 2, new byte[] {-1, -1})
                .value("v.i16", 3, new byte[] {-1, -1})
                .value("v.u32", 4, new byte[] {-1, -1, -1, -1})
                .value("v.i32", 5, new byte[] {-1, -1, -1, -1})
                .value("v.f32", 6, GgufFixture.little(4).putFloat(1e-6f).array())
                .value("v.nan", 6, GgufFixture.little(4).putFloat(Float.NaN).array())
                .value("v.bool", 7, new byte[] {1})
                .value("v.text", 8, GgufFixture.string("ü".getBytes(StandardCharsets.UTF_8)))
                .value("v.bytes", 8, GgufFixture.string(new byte[] {-1, 0}))
                .value("v.u64", 10, GgufFixture.little(8).putLong(-1).array())
                .value("v.i64", 11, GgufFixture.little(8).putLong(-1).array())
                .value("v.f64", 12, GgufFixture.little(8).putDouble(10000.0).array())
                .value("v.lists", 9, nested());

        SortedMap<String, JsonNode> read = read(all, "model").getOrDefault(Layer.MODEL_CONFIG, new TreeMap<>());

        assertThat(read.toString())
                .isEqualTo("{model.v.bool=true, model.v.bytes={\"bytes\":\"ff00\"}, model.v.f32=0.000001,"
                        + " model.v.f64=10000, model.v.i16=-1, model.v.i32=-1, model.v.i64=-1, model.v.i8=-1,"
                        + " model.v.lists=[[true,false],[]], model.v.nan=\"NaN\", model.v.text=\"ü\","
                        + " model.v.u16=65535, model.v.u32=4294967295, model.v.u64=18446744073709551615,"
                        + " model.v.u8=255}");
    }

    @Test
    void long_list_becomes_a_digest_and_a_length() throws IOException {
        String[] merges = new String[100];
        Arrays.fill(merges, "a b");

        SortedMap<String, JsonNode> tokenizer = read(
                        GgufFixture.model().texts("tokenizer.ggml.merges", merges), "model")
                .getOrDefault(Layer.TOKENIZER, new TreeMap<>());

        assertThat(tokenizer.get("model.tokenizer.ggml.merges.length")).hasToString("100");
        assertThat(tokenizer.get("model.tokenizer.ggml.merges"))
                .hasToString("\"sha256:" + Sha256.of("[" + "\"a b\",".repeat(99) + "\"a b\"]") + "\"");
    }

    @Test
    void reads_tensors_larger_than_the_buffer() throws IOException {
        byte[] data = new byte[(5 << 20) + 4];
        new Random(7).nextBytes(data);
        GgufFixture large = new GgufFixture().tensor("a", 0, data, data.length / 4);

        String identity =
                "{\"a\":{\"sha256\":\"" + Sha256.of(data) + "\",\"shape\":[" + data.length / 4 + "],\"type\":\"F32\"}}";
        Map<Layer, SortedMap<String, JsonNode>> layers = read(large, "model");
        assertThat(text(layers, Layer.WEIGHTS, "model.tensors")).isEqualTo("sha256:" + Sha256.of(identity));
        assertThat(text(layers, Layer.PROVENANCE, "model.file")).isEqualTo("sha256:" + Sha256.of(large.bytes()));
    }

    @Test
    void refuses_a_file_of_another_role() throws IOException {
        Path file = GgufFixture.model().write(folder.resolve("tiny.gguf"));

        assertThatThrownBy(() -> GgufLayers.read(file, "projector"))
                .isInstanceOfSatisfying(
                        LockstepException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.CONFIG))
                .hasMessage(file + ": 'general.type' is 'model', but a projector needs 'mmproj'; name the right file");
    }

    @Test
    void refuses_an_unknown_role() {
        assertThatThrownBy(() -> GgufLayers.read(folder, "models"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("'models' is no role; expected one of model, projector, adapter");
    }

    @Test
    void every_cut_of_a_file_is_refused() throws IOException {
        byte[] whole = GgufFixture.model().bytes();
        for (int length = 0; length < whole.length; length++) {
            Path cut = Files.write(folder.resolve("cut.gguf"), Arrays.copyOf(whole, length));
            assertThatThrownBy(() -> GgufLayers.read(cut, "model"))
                    .as("the first %d of %d bytes", length, whole.length)
                    .isInstanceOf(LockstepException.class);
        }
    }

    private static byte[] nested() {
        byte[] first = GgufFixture.array(7, new byte[] {1}, new byte[] {0});
        byte[] second = GgufFixture.array(7);
        return GgufFixture.array(9, first, second);
    }

    private SortedSet<Layer> moved(GgufFixture changed) throws IOException {
        Map<Layer, SortedMap<String, JsonNode>> before = read(GgufFixture.model(), "model");
        Map<Layer, SortedMap<String, JsonNode>> after = read(changed, "model");
        TreeSet<Layer> moved = new TreeSet<>(before.keySet());
        moved.addAll(after.keySet());
        moved.removeIf(layer -> Objects.equals(before.get(layer), after.get(layer)));
        return moved;
    }

    private Map<Layer, SortedMap<String, JsonNode>> read(GgufFixture fixture, String role) throws IOException {
        return GgufLayers.read(fixture.write(folder.resolve("tiny.gguf")), role);
    }

    private static String text(Map<Layer, SortedMap<String, JsonNode>> layers, Layer layer, String field) {
        JsonNode value = layers.getOrDefault(layer, new TreeMap<>()).get(field);
        return value == null ? "absent" : value.isTextual() ? value.textValue() : value.toString();
    }

    private static List<String> names(Map<Layer, SortedMap<String, JsonNode>> layers) {
        List<String> names = new ArrayList<>();
        new TreeMap<>(layers)
                .forEach((layer, fields) -> fields.keySet().forEach(name -> names.add(layer + " " + name)));
        return names;
    }
}
