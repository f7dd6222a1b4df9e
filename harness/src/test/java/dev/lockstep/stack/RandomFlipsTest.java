package dev.lockstep.stack;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * No byte of a locked model can change unseen: flips drawn over all files of all sources are found with all bytes read, each in
 * the layer that the formats put the byte into.
 *
 * <p>A document beside the model is told of and breaks nothing. What a cache keeps for itself ({@code refs}, {@code trees}) is no
 * file of the model. One look serves a flip in every file of a source, since each is found by the fields of its own file.
 */
final class RandomFlipsTest {
    private static final int FLIPS = 1000;
    private static final long SEED = 6;

    @TempDir
    Path folder;

    @Test
    void every_one_of_a_thousand_flipped_bytes_is_found_in_its_layer() throws IOException {
        FlippableSources sources = new FlippableSources(folder.toRealPath());
        List<FlippedSource> all =
                List.of(sources.folder(), sources.hub(), sources.ggufs(), sources.ollama(), sources.ollamaManifest());
        Random random = new Random(SEED);
        int flips = 0;
        while (flips < FLIPS) {
            for (FlippedSource source : all) {
                flips += source.flipEach(random);
            }
        }
        assertThat(flips).isGreaterThanOrEqualTo(FLIPS);
    }
}
