package dev.lockstep.lock;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lockstep.document.CanonicalJson;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.SortedMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LockTextTest {
    private static final Path MODEL = Path.of("../baselines/tiny-qwen3-vl/model/tinyvl-F16.gguf");

    @TempDir
    private Path folder;

    @Test
    void entry_of_a_file_stands_on_one_line() throws IOException {
        JsonNode value = json("""
                {"files": [{"size": 2, "sha256": "ab", "path": "b"}, {"path": "a", "sha256": "cd"}], "root": {"sha256": "ef"},
                 "more": [[], {}, [1, {"sha256": "ab", "parts": []}], "ü\\n"]}""");

        assertThat(LockText.of(value)).isEqualTo("""
                {
                  "files": [
                    {"path": "b", "sha256": "ab", "size": 2},
                    {"path": "a", "sha256": "cd"}
                  ],
                  "more": [
                    [],
                    {},
                    [
                      1,
                      {
                        "parts": [],
                        "sha256": "ab"
                      }
                    ],
                    "ü\\n"
                  ],
                  "root": {"sha256": "ef"}
                }
                """);
    }

    @Test
    void spells_everything_else_as_every_other_file() throws IOException {
        JsonNode value = json("""
                {"b": 1.50, "a": [true, null, "x\\"y", {"z": {}, "k": [1e3, [2]]}], "": {"n": -0.0001}, "e": []}""");

        assertThat(LockText.of(value)).isEqualTo(CanonicalJson.pretty(value));
    }

    @Test
    void written_lock_with_files_is_canonical_and_is_read_again() throws IOException {
        Lock lock = LockFixture.of(Map.of(
                Layer.WEIGHTS,
                LockFixture.pinned(Map.of(
                        "files", json("[{\"path\": \"model.safetensors\", \"sha256\": \"ab\", \"size\": 12}]")))));
        Path file = folder.resolve("stack.lock.json");

        LockFile.write(file, lock);

        assertThat(LockFile.read(file)).isEqualTo(lock);
        assertThat(file)
                .content()
                .contains("\n          {\"path\": \"model.safetensors\", \"sha256\": \"ab\", \"size\": 12}\n");
    }

    @Test
    void lock_of_the_shipped_model_is_spelled_as_before() {
        Map<Layer, SortedMap<String, JsonNode>> layers = GgufLayers.read(MODEL, "model");
        Lock lock = LockFixture.of(Map.of(
                Layer.QUANTIZATION, LockFixture.pinned(Map.copyOf(layers.get(Layer.QUANTIZATION))),
                Layer.MODEL_CONFIG, LockFixture.pinned(Map.copyOf(layers.get(Layer.MODEL_CONFIG)))));

        assertThat(LockFile.text(lock)).contains("\"model.tensorTypes\": {\n          \"F16\": ");
    }

    private static JsonNode json(String text) throws IOException {
        return new ObjectMapper().readTree(text);
    }
}
