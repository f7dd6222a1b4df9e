package dev.lockstep.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Changes of the sampler where no request repeats a seed: the fingerprint is greedy, so nothing but the samples can tell. */
@Tag("real")
@Tag("slow")
final class DriftSamplersRealStackTest {
    private static final int RUNS = 2;

    @TempDir
    static Path folder;

    private static TestedStack stack;
    private static DriftSightings sightings;

    @BeforeAll
    static void record() throws IOException, InterruptedException {
        stack = new TestedStack(
                folder,
                "tiny-qwen3-vl-opaque",
                SmallSuites.greedy(folder),
                SmallSuites.shipped().resolve("tiny-samples"));
        sightings = new DriftSightings(stack);
        stack.baseline(RUNS);
    }

    @AfterAll
    static void stop() throws IOException {
        stack.close();
        Measured.write("samplers", sightings.table(FamilyDrift.launches()));
    }

    @ParameterizedTest
    @MethodSource("samplers")
    void other_sampler_drifts_by_its_samples_alone(FamilyDrift sampler) throws IOException, InterruptedException {
        List<Sighting> seen = sightings.both(sampler);

        assertThat(seen).extracting(Sighting::verdict).containsExactly("PASS", "DRIFT");
        assertThat(seen.getLast().detectors()).containsExactly("L3");
    }

    static Stream<FamilyDrift> samplers() {
        return FamilyDrift.named(FamilyDrift.launches(), DriftProfilesRealStackTest.SAMPLERS);
    }
}
