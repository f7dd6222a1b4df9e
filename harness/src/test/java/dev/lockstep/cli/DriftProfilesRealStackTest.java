package dev.lockstep.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The family of drifts on a stack that shows nothing but its answers, each with the smallest profile that finds it.
 *
 * <p>What must be found, and must not, is asserted; what else is seen is measured.
 */
@Tag("real")
@Tag("slow")
final class DriftProfilesRealStackTest {
    /** Changes of how the server samples, which are behind every request. */
    static final Set<String> SAMPLERS = Set.of("xtc", "dynatemp");

    private static final int RUNS = 4;
    private static final Set<String> CONTROLS =
            Set.of("restart", "threads", "merged-equals-base", "gradient-step-lost");
    private static final Set<String> ROUNDED = Set.of("rounded-q8_0", "rounded-q4_0");
    private static final Set<String> CACHES = Set.of("cache-q8_0", "cache-q4_0");

    @TempDir
    static Path folder;

    private static TestedStack stack;
    private static DriftSightings sightings;
    private static List<FamilyDrift> family;

    @BeforeAll
    static void record() throws IOException, InterruptedException {
        stack = new TestedStack(folder, "tiny-qwen3-vl-opaque", SmallSuites.shipped());
        family = FamilyDrift.all(stack.home(), folder.resolve("drifts"));
        sightings = new DriftSightings(stack);
        stack.baseline(RUNS);
    }

    @AfterAll
    static void stop() throws IOException {
        stack.close();
        Measured.write("drifts", sightings.table(family));
    }

    @ParameterizedTest
    @MethodSource
    void control_passes_every_profile(FamilyDrift control) throws IOException, InterruptedException {
        assertThat(sightings.smallest(control)).extracting(Sighting::verdict).containsExactly("PASS", "PASS");
    }

    static Stream<FamilyDrift> control_passes_every_profile() {
        return named(CONTROLS);
    }

    @ParameterizedTest
    @MethodSource
    void rounded_weights_drift_by_their_log_probabilities(FamilyDrift rounded)
            throws IOException, InterruptedException {
        Sighting found = sightings.smallest(rounded).getLast();

        assertThat(found.verdict()).isEqualTo("DRIFT");
        assertThat(found.detectors()).contains("L2");
    }

    static Stream<FamilyDrift> rounded_weights_drift_by_their_log_probabilities() {
        return named(ROUNDED);
    }

    @ParameterizedTest
    @MethodSource
    void quantized_cache_drifts(FamilyDrift cache) throws IOException, InterruptedException {
        assertThat(sightings.smallest(cache).getLast().verdict()).isEqualTo("DRIFT");
    }

    static Stream<FamilyDrift> quantized_cache_drifts() {
        return named(CACHES);
    }

    /** L3 is not asked to confirm what L1 has proved: {@link DriftSamplersRealStackTest} leaves it alone with them. */
    @ParameterizedTest
    @MethodSource
    void other_sampler_drifts_in_every_profile(FamilyDrift sampler) throws IOException, InterruptedException {
        assertThat(sightings.both(sampler)).extracting(Sighting::verdict).containsExactly("DRIFT", "DRIFT");
    }

    static Stream<FamilyDrift> other_sampler_drifts_in_every_profile() {
        return named(SAMPLERS);
    }

    /** The lock holds, for it sees nothing, and a run is whole; whether a drift is found is measured. */
    @ParameterizedTest
    @MethodSource
    void any_other_drift_is_judged(FamilyDrift drift) throws IOException, InterruptedException {
        assertThat(sightings.smallest(drift)).extracting(Sighting::verdict).isSubsetOf("PASS", "DRIFT", "INCONCLUSIVE");
    }

    static Stream<FamilyDrift> any_other_drift_is_judged() {
        Set<String> asserted = Stream.of(CONTROLS, ROUNDED, CACHES, SAMPLERS)
                .flatMap(Set::stream)
                .collect(Collectors.toSet());
        return family.stream().filter(drift -> !asserted.contains(drift.name()));
    }

    private static Stream<FamilyDrift> named(Set<String> names) {
        return FamilyDrift.named(family, names);
    }
}
