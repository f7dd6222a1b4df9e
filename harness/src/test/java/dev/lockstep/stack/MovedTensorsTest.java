package dev.lockstep.stack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.derivation.GgufCopy;
import dev.lockstep.derivation.LockedModels;
import dev.lockstep.lock.Check;
import dev.lockstep.lock.FlippedByte;
import dev.lockstep.lock.Lock;
import dev.lockstep.lock.TensorStore;
import dev.lockstep.lock.TinyModelFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One fact changed under the same name, everything else as before: the disk says where. */
final class MovedTensorsTest {
    @TempDir
    Path temporary;

    private Path root;
    private LockedModels models;

    @BeforeEach
    void prepare() throws IOException {
        root = temporary.toRealPath();
        models = new LockedModels(root);
    }

    @Test
    void an_edited_fact_in_a_gguf_file_is_named_by_its_tensor() throws IOException {
        Path model = GgufCopy.text().write(root.resolve("tinyvl-F16.gguf"));
        long size = Files.size(model);
        Lock lock = models.lock("served", "files: {weights: " + model + "}");

        GgufCopy.text().merged("rome", 1).write(model);

        assertThat(Files.size(model)).isEqualTo(size);
        assertThat(broken(lock))
                .containsExactly("weights model.tensors: other data, shape or type in 'blk.0.ffn_down.weight'");
    }

    @Test
    void a_flipped_bit_in_a_folder_is_named_by_its_tensor() throws IOException {
        Path model = TinyModelFolder.copyTo(root.resolve("model"));
        Lock lock = models.lock("served", "files: {weights: " + model + "}");

        FlippedByte.at(model.resolve("model.safetensors"), 5_000_000);

        assertThat(broken(lock))
                .singleElement()
                .asString()
                .startsWith("weights model.file.model.safetensors: other data, shape or type in 'model.");
    }

    @Test
    void without_the_sidecar_the_weights_differ_all_the_same() throws IOException {
        Path model = GgufCopy.text().write(root.resolve("tinyvl-F16.gguf"));
        Lock lock = models.lock("served", "files: {weights: " + model + "}");
        Path sidecars = models.folder("served").resolve("tensors");

        Files.move(sidecars, models.folder("gone"));
        GgufCopy.text().merged("rome", 1).write(model);

        assertThat(broken(lock)).containsExactly("weights model.tensors: ");
    }

    private List<String> broken(Lock lock) throws IOException {
        StackConfig config = StackConfigReader.read(models.folder("served"));
        ModelLayers layers = new ModelLayers();
        List<Check> checks = new FileChecks(lock, config.policies(), layers).onDisk(config);
        ResolvedStack.Kept kept = new ResolvedStack.Kept(lock, TensorStore.in(models.folder("served")));
        return new MovedTensors(kept, layers)
                .named(checks).stream()
                        .filter(Check::breaksLock)
                        .map(check -> check.layer() + " " + check.field() + ": " + check.note())
                        .toList();
    }
}
