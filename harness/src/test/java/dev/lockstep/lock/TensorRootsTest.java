package dev.lockstep.lock;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.TextNode;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class TensorRootsTest {

    @Test
    void finds_the_root_of_a_file_in_its_weights_and_that_of_a_folder_beside_them() {
        Lock lock = LockFixture.of(Map.of(
                Layer.WEIGHTS,
                LayerState.of(
                        Map.of(
                                "model.tensors", TextNode.valueOf("sha256:a"),
                                "model.file.x.safetensors", TextNode.valueOf("sha256:b")),
                        Map.of(),
                        Map.of(),
                        Set.of()),
                Layer.PROVENANCE,
                LayerState.of(
                        Map.of(), Map.of(), Map.of("projector.tensors", TextNode.valueOf("sha256:c")), Set.of())));

        TensorRoots roots = TensorRoots.of(lock);

        assertThat(roots.byField()).hasToString("{model.tensors=sha256:a, projector.tensors=sha256:c}");
        assertThat(roots.ofRole("projector")).contains("sha256:c");
        assertThat(roots.ofRole("adapter.0")).isEmpty();
    }

    @Test
    void proof_goes_before_a_note() {
        Lock lock = LockFixture.of(Map.of(
                Layer.WEIGHTS,
                LayerState.of(Map.of("model.tensors", TextNode.valueOf("sha256:a")), Map.of(), Map.of(), Set.of()),
                Layer.PROVENANCE,
                LayerState.of(Map.of(), Map.of(), Map.of("model.tensors", TextNode.valueOf("sha256:z")), Set.of())));

        assertThat(TensorRoots.of(lock).ofRole("model")).contains("sha256:a");
    }
}
