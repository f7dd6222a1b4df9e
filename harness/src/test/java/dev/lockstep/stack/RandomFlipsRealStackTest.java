package dev.lockstep.stack;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The same for a model that others trained and quantized; it is fetched, so this stands beside {@link RandomFlipsTest}. */
@Tag("real")
final class RandomFlipsRealStackTest {
    private static final int FLIPS = 40;
    private static final long SEED = 7;

    @TempDir
    Path folder;

    @Test
    void every_flipped_byte_of_a_fetched_model_is_found_in_its_layer() throws IOException {
        FlippedSource source = new FlippableSources(folder.toRealPath()).gguf(EmbeddedStack.smollm2(folder));
        Random random = new Random(SEED);
        int flips = 0;
        while (flips < FLIPS) {
            flips += source.flipEach(random);
        }
        assertThat(flips).isEqualTo(FLIPS);
    }
}
