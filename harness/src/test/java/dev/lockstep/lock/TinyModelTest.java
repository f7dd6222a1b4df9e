package dev.lockstep.lock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** The model that ships with the project, as far as its values are known from elsewhere. */
class TinyModelTest {
    private static final Path MODEL = Path.of("../baselines/tiny-qwen3-vl/model");

    @Test
    void language_model_is_split() {
        Map<Layer, SortedMap<String, JsonNode>> layers = read("tinyvl-F16.gguf", "model");

        assertThat(value(layers, Layer.MODEL_CONFIG, "model.general.architecture"))
                .isEqualTo("\"qwen3vl\"");
        assertThat(value(layers, Layer.MODEL_CONFIG, "model.qwen3vl.rope.dimension_sections"))
                .isEqualTo("[6,5,5,0]");
        assertThat(value(layers, Layer.TOKENIZER, "model.tokenizer.ggml.tokens.length"))
                .isEqualTo("1024");
        assertThat(value(layers, Layer.QUANTIZATION, "model.general.file_type")).isEqualTo("1");
        assertThat(layers).containsKeys(Layer.WEIGHTS, Layer.TEMPLATE, Layer.PROVENANCE);
    }

    @Test
    void projector_is_split() {
        Map<Layer, SortedMap<String, JsonNode>> layers = read("mmproj-tinyvl-F16.gguf", "projector");

        assertThat(value(layers, Layer.PROCESSOR, "projector.clip.vision.image_mean"))
                .isEqualTo("[0.5,0.5,0.5]");
        assertThat(layers)
                .containsOnlyKeys(
                        Layer.PROVENANCE, Layer.WEIGHTS, Layer.QUANTIZATION, Layer.MODEL_CONFIG, Layer.PROCESSOR);
    }

    private static Map<Layer, SortedMap<String, JsonNode>> read(String name, String role) {
        Path file = MODEL.resolve(name);
        assumeTrue(Files.exists(file), () -> file + " is not here");
        return GgufLayers.read(file, role);
    }

    private static String value(Map<Layer, SortedMap<String, JsonNode>> layers, Layer layer, String field) {
        return String.valueOf(layers.getOrDefault(layer, new TreeMap<>()).get(field));
    }
}
