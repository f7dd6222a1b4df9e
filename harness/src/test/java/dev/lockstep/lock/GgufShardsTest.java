package dev.lockstep.lock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lockstep.document.ProblemsException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A GGUF file in shards, split as {@code gguf-split} does it. */
final class GgufShardsTest {
    private static final byte[] FIRST = {1, 2, 3, 4, 5, 6, 7, 8};
    private static final byte[] SECOND = {9, 10, 11, 12};

    @TempDir
    Path folder;

    @BeforeEach
    void split() throws IOException {
        split(GgufFixture.model(), 0, 2, 2).withoutTensor("output.weight").write(shard(1));
        split(new GgufFixture(), 1, 2, 2).tensor("output.weight", 1, SECOND, 2).write(shard(2));
    }

    @Test
    void says_what_the_whole_file_says() throws IOException {
        Path whole = GgufFixture.model().write(folder.resolve("whole.gguf"));
        Map<Layer, SortedMap<String, JsonNode>> expected = new TreeMap<>(GgufLayers.read(whole, "model"));

        for (int number = 1; number <= 2; number++) {
            Map<Layer, SortedMap<String, JsonNode>> shards = new TreeMap<>(GgufLayers.read(shard(number), "model"));

            assertThat(shards.remove(Layer.PROVENANCE))
                    .containsOnlyKeys("model.file.m-00001-of-00002.gguf", "model.file.m-00002-of-00002.gguf");
            expected.remove(Layer.PROVENANCE);
            assertThat(shards).isEqualTo(expected);
        }
    }

    @Test
    void a_byte_of_any_shard_is_found() throws IOException {
        SourceFacts before = ModelSource.at(shard(1)).read("model");

        FlippedByte.at(shard(2), Files.size(shard(2)) - SECOND.length);

        assertThat(MovedLayers.between(before, ModelSource.at(shard(1)).read("model")))
                .containsExactly(Layer.WEIGHTS);
    }

    @Test
    void is_made_of_all_its_files() {
        assertThat(ModelSource.at(shard(2)).files()).containsExactly(shard(1), shard(2));
    }

    @Test
    void names_every_shard_that_is_missing() throws IOException {
        Files.move(shard(2), folder.resolve("m-00002-of-00004.gguf"));

        assertThatThrownBy(() -> GgufLayers.read(folder.resolve("m-00002-of-00004.gguf"), "model"))
                .isInstanceOf(ProblemsException.class)
                .hasMessage("""
                        DIR/m-00001-of-00004.gguf: this shard is missing, 3 of 4 are; put it beside the others, or fetch the model again
                        DIR/m-00003-of-00004.gguf: this shard is missing, 3 of 4 are; put it beside the others, or fetch the model again
                        DIR/m-00004-of-00004.gguf: this shard is missing, 3 of 4 are; put it beside the others, or fetch the model again
                        3 problems""".replace("DIR", folder.toString()));
    }

    @Test
    void refuses_shards_of_different_sets() throws IOException {
        split(new GgufFixture(), 1, 3, 2).tensor("output.weight", 1, SECOND, 2).write(shard(2));

        assertThatThrownBy(() -> GgufLayers.read(shard(1), "model"))
                .hasMessage(shard(2) + ": 'split.count' is 3, expected 2; the shards are not of one set:"
                        + " fetch the model again");
    }

    @Test
    void refuses_a_set_with_too_few_tensors() throws IOException {
        split(new GgufFixture(), 1, 2, 2).write(shard(2));

        assertThatThrownBy(() -> GgufLayers.read(shard(1), "model"))
                .hasMessage(shard(1) + ": 'split.tensors.count' is 2, expected 1; the shards are not of one set:"
                        + " fetch the model again");
    }

    @Test
    void refuses_a_tensor_that_is_there_twice() throws IOException {
        split(new GgufFixture(), 1, 2, 2)
                .tensor("embedding.weight", 0, FIRST, 2)
                .write(shard(2));

        assertThatThrownBy(() -> GgufLayers.read(shard(1), "model"))
                .hasMessage(shard(2) + ": holds the tensor 'embedding.weight', which an earlier shard holds too;"
                        + " the shards are not of one set: fetch the model again");
    }

    @Test
    void refuses_a_shard_under_another_name() throws IOException {
        Path renamed = Files.move(shard(1), folder.resolve("model.gguf"));

        assertThatThrownBy(() -> GgufLayers.read(renamed, "model"))
                .hasMessage(renamed + ": is one of 2 shards by its 'split.count', but is not named like one;"
                        + " engines find the others by the name model-00001-of-00002.gguf: rename them");
    }

    private Path shard(int number) {
        return folder.resolve("m-0000" + number + "-of-00002.gguf");
    }

    private static GgufFixture split(GgufFixture fixture, int number, int count, int tensors) {
        return fixture.number("split.no", number).number("split.count", count).number("split.tensors.count", tensors);
    }
}
