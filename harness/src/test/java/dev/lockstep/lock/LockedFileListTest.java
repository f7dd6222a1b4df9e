package dev.lockstep.lock;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class LockedFileListTest {
    private static final String DIGEST = "ab".repeat(32);

    @Test
    void finds_files_in_every_layer_and_names_them() {
        Lock lock = LockFixture.of(Map.of(
                Layer.PROVENANCE,
                LayerState.of(
                        Map.of("model.file.config.json", entry(), "projector.file", text()),
                        Map.of("image", TextNode.valueOf("vllm/vllm-openai:v1")),
                        Map.of("model.file.README.md", entry(), "model.commit", TextNode.valueOf("1".repeat(40))),
                        Set.of()),
                Layer.WEIGHTS,
                LockFixture.pinned(Map.of(
                        "model.file.file.model.safetensors", entry(),
                        "model.tensors", text(),
                        "model.tensors.length", TextNode.valueOf("1"))),
                Layer.ADAPTERS,
                LockFixture.pinned(Map.of("adapter.1.file.adapter_model.safetensors", entry())),
                Layer.PROCESSOR,
                LockFixture.pinned(Map.of("ffmpeg", text(), "projector.clip.use_gelu", text())),
                Layer.ENGINE,
                LockFixture.pinned(Map.of(
                        "native.x/y.so", text(),
                        "library.libggml.so", text(),
                        "executable", text(),
                        "sources", text(),
                        "package.torch", entry()))));

        assertThat(LockedFileList.of(lock))
                .allSatisfy(file -> assertThat(file.sha256()).isEqualTo(DIGEST))
                .extracting(file -> file.kind() + " " + file.layer() + " " + file.name())
                .containsExactly(
                        "NOTE provenance README.md",
                        "MODEL_PART adapters adapter.1/adapter_model.safetensors",
                        "MODEL_FILE provenance config.json",
                        "PROGRAM engine engine/executable",
                        "PROGRAM engine engine/libggml.so",
                        "PROGRAM engine engine/x/y.so",
                        "MODEL_FILE weights file.model.safetensors",
                        "PROGRAM processor processor/ffmpeg",
                        "MODEL_PART provenance projector");
    }

    @Test
    void knows_what_engines_load() {
        assertThat(LockedFileList.isLoaded("model.safetensors")).isTrue();
        assertThat(LockedFileList.isLoaded("README.md")).isFalse();
    }

    private static JsonNode entry() {
        return new FileEntry(7, DIGEST, Optional.empty()).json();
    }

    private static JsonNode text() {
        return TextNode.valueOf("sha256:" + DIGEST);
    }
}
