package dev.lockstep.lock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class GgufSpliceTest {
    private static final List<Set<Layer>> UNITS = List.of(
            EnumSet.of(Layer.WEIGHTS, Layer.QUANTIZATION),
            EnumSet.of(Layer.TOKENIZER),
            EnumSet.of(Layer.TEMPLATE),
            EnumSet.of(Layer.MODEL_CONFIG),
            EnumSet.of(Layer.GENERATION_DEFAULTS));

    @TempDir
    Path folder;

    @Test
    void takes_each_layer_from_where_it_was_told() throws IOException {
        Path base = GgufFixture.model().write(folder.resolve("base.gguf"));
        Path other = other().write(folder.resolve("other.gguf"));

        for (Set<Layer> unit : UNITS) {
            assertMixed(base, other, unit);
        }
        assertMixed(base, other, EnumSet.of(Layer.WEIGHTS, Layer.QUANTIZATION, Layer.TEMPLATE));
    }

    @Test
    void leaves_the_alignment_with_the_tensors() throws IOException {
        Path base = GgufFixture.model().write(folder.resolve("base.gguf"));
        Path other = other().alignment(64).write(folder.resolve("aligned.gguf"));

        assertThat(read(mixed(base, other, EnumSet.of(Layer.WEIGHTS, Layer.QUANTIZATION))))
                .containsEntry(Layer.WEIGHTS, read(other).get(Layer.WEIGHTS));
        assertThat(read(mixed(other, base, EnumSet.of(Layer.MODEL_CONFIG))))
                .containsEntry(Layer.WEIGHTS, read(other).get(Layer.WEIGHTS));
    }

    @Test
    void exchanges_no_tensors_without_their_types() throws IOException {
        Path base = GgufFixture.model().write(folder.resolve("base.gguf"));

        assertThatThrownBy(() -> mixed(base, base, EnumSet.of(Layer.WEIGHTS)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("weights and quantization are exchanged together, not as in [weights]");
    }

    private void assertMixed(Path base, Path other, Set<Layer> layers) {
        Map<Layer, SortedMap<String, JsonNode>> found = read(mixed(base, other, layers));

        for (Layer layer : UNITS.stream().flatMap(Set::stream).toList()) {
            Path from = layers.contains(layer) ? other : base;
            assertThat(found.get(layer))
                    .as(layer + " of " + layers)
                    .isEqualTo(read(from).get(layer));
        }
    }

    private Path mixed(Path base, Path other, Set<Layer> layers) {
        Path target = folder.resolve("made").resolve("mixed.gguf");
        GgufSplice.write(base, other, layers, "model", target);
        return target;
    }

    private static Map<Layer, SortedMap<String, JsonNode>> read(Path file) {
        return GgufLayers.read(file, "model");
    }

    /** Another value in each layer, and another number of keys and tensors. */
    private static GgufFixture other() {
        return GgufFixture.model()
                .number("general.file_type", 2)
                .number("general.sampling.top_k", 40)
                .number("general.sampling.temp", 1)
                .number("tiny.block_count", 3)
                .texts("tokenizer.ggml.merges", "a b")
                .text("tokenizer.chat_template", "{{ messages[1].content }} and more")
                .without("tokenizer.chat_template.tool_use")
                .tensor("embedding.weight", 0, new byte[] {8, 7, 6, 5, 4, 3, 2, 1}, 2)
                .tensor("third.weight", 0, new byte[] {1, 1, 1, 1}, 1);
    }
}
