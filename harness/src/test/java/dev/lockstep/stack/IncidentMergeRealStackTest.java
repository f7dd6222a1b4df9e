package dev.lockstep.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.derivation.GgufCopy;
import dev.lockstep.derivation.LockedModels;
import dev.lockstep.gate.Attribution;
import dev.lockstep.lock.Check;
import dev.lockstep.lock.Layer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An incident of a merge that merged nothing, staged again; the others are in {@link IncidentRealStackTest}. */
@Tag("real")
final class IncidentMergeRealStackTest {
    private static final EmbeddedStack EMBEDDED = new EmbeddedStack();

    @TempDir
    Path temporary;

    @AfterAll
    static void stop() {
        EMBEDDED.close();
    }

    /**
     * 17. A tool that should merge a LoRA adapter wrote the base model again, byte by byte (volcengine/verl#7285).
     *
     * <p>Kept: a merge that stack.yaml declares with base and trained adapter, and a file under the name of the merged model that
     * holds the tensors of the base; at first when it is locked, then in the place of the right merge. Engine: llama.cpp.
     */
    @Test
    void incident_17_a_merged_model_that_is_its_base() throws IOException {
        Path root = temporary.toRealPath();
        String base = new LockedModels(root).ggufParent("base");
        GgufCopy.adapterOf("lora").write(root.resolve("lora.gguf"));
        Path model = Files.createDirectories(root.resolve("merged")).resolve(Deployment.MODEL);
        GgufCopy.text().write(model);
        Deployment merged = Deployment.of(EMBEDDED, root.resolve("merged"), "incidents-merged")
                .with("""
                derivation:
                  - {op: lora-merge, base: %s, adapter: ../lora.gguf, tool: verl 0.5}
                """.formatted(base));

        assertThatThrownBy(() -> merged.resolve(Optional.empty()))
                .hasMessageContaining(
                        "derivation 1 (lora-merge): holds the very tensors of its base, so nothing was done to it;"
                                + " make it anew");

        Files.delete(model);
        GgufCopy.text().merged("lora", 4).write(model);
        merged.lock();
        Verification now = merged.with(Deployment.MODEL, file -> {
            Files.delete(file);
            GgufCopy.text().write(file);
        });

        assertThat(now.broken()).containsExactly(Layer.WEIGHTS, Layer.DERIVATION);
        assertThat(now.breaking(Layer.DERIVATION)).extracting(Check::field).contains("1.tensors");
        assertThat(Attribution.of(now.checks()).orElseThrow().sentence())
                .startsWith("points to: weights, derivation (files of the model differ; rendered text, token ids, ");
    }
}
