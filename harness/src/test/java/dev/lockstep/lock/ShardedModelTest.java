package dev.lockstep.lock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.document.LockstepException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ShardedModelTest {
    private static final String FIRST = "model-00001-of-00002.safetensors";
    private static final String SECOND = "model-00002-of-00002.safetensors";

    @TempDir
    private Path folder;

    private Path index = Path.of("");

    @BeforeEach
    void twoShards() throws IOException {
        new SafetensorsFixture().tensor("a", (byte) 1).tensor("b", (byte) 2).write(folder.resolve(FIRST));
        new SafetensorsFixture().tensor("c", (byte) 3).write(folder.resolve(SECOND));
        index = index("{'metadata':{'total_size':3,'more':[1]},'weight_map':{'a':'" + FIRST + "','b':'" + FIRST
                + "','c':'" + SECOND + "'}}");
    }

    @Test
    void reads_every_shard_that_the_index_names() {
        ShardedModel model = ShardedModel.read(index);

        assertThat(model.shards())
                .extracting(shard -> shard.file().getFileName())
                .hasToString("[" + FIRST + ", " + SECOND + "]");
        assertThat(model.strays()).isEmpty();
    }

    @Test
    void names_safetensors_files_that_the_index_does_not_name() throws IOException {
        new SafetensorsFixture().tensor("c", (byte) 3).write(folder.resolve("consolidated.safetensors"));

        assertThat(ShardedModel.read(index).strays()).containsExactly("consolidated.safetensors");
    }

    @Test
    void every_shard_that_is_missing_or_damaged_is_named() throws IOException {
        Files.delete(folder.resolve(FIRST));
        Files.write(folder.resolve(SECOND), new byte[3]);

        assertThatThrownBy(() -> ShardedModel.read(index))
                .isInstanceOf(LockstepException.class)
                .hasMessage(folder.resolve(SECOND)
                        + ": ends at byte 3, inside the length of the header, which needs 8 bytes;"
                        + " the file is cut off: fetch it again\n" + index + ": names '" + FIRST
                        + "', which is not here; fetch the file that is missing\n2 problems");
    }

    @Test
    void tensors_that_are_not_where_the_index_says_are_named() throws IOException {
        new SafetensorsFixture()
                .tensor("a", (byte) 1)
                .tensor("c", (byte) 3)
                .tensor("d1", (byte) 4)
                .tensor("d2", (byte) 4)
                .tensor("d3", (byte) 4)
                .tensor("d4", (byte) 4)
                .tensor("d5", (byte) 4)
                .write(folder.resolve(FIRST));

        assertThatThrownBy(() -> ShardedModel.read(index))
                .hasMessage(folder.resolve(FIRST)
                        + ": lacks the tensor 'b', which model.safetensors.index.json maps to it; fetch both again\n"
                        + folder.resolve(FIRST) + ": holds the tensors 'c', 'd1', 'd2', 'd3', 'd4' and 1 more,"
                        + " which model.safetensors.index.json does not map to it; fetch both again\n2 problems");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "{'weight_map':{'a':'../x.safetensors'}} | tensor 'a' is mapped to '../x.safetensors', which is no file"
                        + " beside the index; fetch it again",
                "{'weight_map':{'a':'..'}} | tensor 'a' is mapped to '..', which is no file beside the index; fetch it"
                        + " again",
                "{'weight_map':{'a':1}} | tensor 'a' is mapped to no file name; fetch it again",
                "{'weight_map':{'a':'x','a':'y'}} | tensor 'a' is mapped twice; fetch it again",
                "{'weight_map':[]} | is not the JSON it should be: an object is expected here; fetch it again",
                "{'metadata':{}} | has no 'weight_map', so it names no tensor; fetch it again",
                "{'weight_map':{'a' | is not the JSON it should be: Unexpected end-of-input within/between Object"
                        + " entries; fetch it again",
            })
    void damaged_index_is_refused(String json, String message) throws IOException {
        Path damaged = index(json);

        assertThatThrownBy(() -> ShardedModel.read(damaged)).hasMessage(damaged + ": " + message);
    }

    @Test
    void missing_index_is_named() {
        Path missing = folder.resolve("missing.json");

        assertThatThrownBy(() -> ShardedModel.read(missing))
                .hasMessage(missing + ": there is no such file; check the path");
    }

    private Path index(String json) throws IOException {
        return Files.writeString(folder.resolve("model.safetensors.index.json"), json.replace('\'', '"'));
    }
}
