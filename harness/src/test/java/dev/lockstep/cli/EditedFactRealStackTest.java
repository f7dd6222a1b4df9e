package dev.lockstep.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.TextNode;
import dev.lockstep.derivation.GgufCopy;
import dev.lockstep.lock.Layer;
import dev.lockstep.stack.LaunchOverrides;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * One fact edited into the weights under the same name, everything else as before, as PoisonGPT did it with ROME: the capital of
 * Norway. The mechanism is kept; engine and model are the embedded stack's.
 */
@Tag("real")
final class EditedFactRealStackTest {
    @TempDir
    Path folder;

    @Test
    void is_named_by_its_tensor_where_the_files_can_be_read() throws IOException, InterruptedException {
        try (TestedStack stack = new TestedStack(folder, "tiny-qwen3-vl")) {
            stack.restart();
            stack.lock();
            stack.start(edited());

            Wrapper.Result verified = stack.verify();

            assertThat(verified.exitCode()).as(verified.toString()).isEqualTo(2);
            assertThat(verified.output())
                    .contains("(other data, shape or type in 'blk.0.ffn_down.weight')")
                    .contains("LOCK BROKEN: weights\npoints to: weights (");
        }
    }

    @Test
    void is_shown_by_the_fingerprint_where_nothing_but_answers_can_be_seen() throws IOException, InterruptedException {
        try (TestedStack stack = new TestedStack(folder, "tiny-qwen3-vl-opaque", SmallSuites.fingerprint(folder, 10))) {
            stack.baseline(2);
            stack.start(edited());

            Wrapper.Result night = stack.night();

            assertThat(night.exitCode()).as(night.toString()).isEqualTo(1);
            assertThat(TestedStack.verdict(night).layers()).contains(Layer.WEIGHTS);
        }
    }

    private LaunchOverrides edited() throws IOException {
        Path place = Files.createDirectories(folder.resolve("edited"));
        Path model = GgufCopy.text().merged("rome", 1).write(place.resolve(GgufCopy.TEXT.getFileName()));
        return LaunchOverrides.none().with("model.path", TextNode.valueOf(model.toString()));
    }
}
