package dev.lockstep.lock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lockstep.document.Sha256;
import dev.lockstep.lock.Check.Outcome;
import dev.lockstep.lock.Check.Step;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Digests of whole files, by somebody's word, against a lock of a model folder and of a GGUF file. */
final class ClaimedFilesTest {
    private static final String OTHER = "d".repeat(64);

    @TempDir
    Path folder;

    @Test
    void the_digests_of_all_files_prove_every_field() throws IOException {
        Path model = TinyModelFolder.copyTo(folder.resolve("model"));
        Lock lock = lock(new ModelSource.Folder(model));

        List<Check> checks = compare(lock, sums(model));

        assertThat(checks).allMatch(check -> check.outcome() == Outcome.MATCH);
        assertThat(checks)
                .extracting(check -> check.layer() + "." + check.field())
                .containsExactlyInAnyOrderElementsOf(fields(lock));
    }

    @Test
    void a_file_of_one_layer_names_it() throws IOException {
        Path model = TinyModelFolder.copyTo(folder.resolve("model"));
        Lock lock = lock(new ModelSource.Folder(model));
        SortedMap<String, String> sums = sums(model);
        sums.put("model.safetensors", OTHER);

        assertThat(compare(lock, sums))
                .filteredOn(Check::breaksLock)
                .extracting(Check::layer, Check::field, Check::actual)
                .containsExactly(tuple(Layer.WEIGHTS, "model.file.model.safetensors", "sha256:dddddddd…"));
    }

    @Test
    void a_configuration_names_every_key_that_it_holds() throws IOException {
        Path model = TinyModelFolder.copyTo(folder.resolve("model"));
        Lock lock = lock(new ModelSource.Folder(model));
        SortedMap<String, String> sums = sums(model);
        sums.put("generation_config.json", OTHER);

        assertThat(compare(lock, sums))
                .filteredOn(Check::breaksLock)
                .isNotEmpty()
                .allSatisfy(check -> {
                    assertThat(check.layer()).isEqualTo(Layer.GENERATION_DEFAULTS);
                    assertThat(check.field()).startsWith("model.generation_config.json#/");
                    assertThat(check.note())
                            .isEqualTo("its file is another, and a digest does not tell its parts apart");
                });
    }

    @Test
    void nothing_is_said_of_files_that_are_not_listed() throws IOException {
        Path model = TinyModelFolder.copyTo(folder.resolve("model"));
        Lock lock = lock(new ModelSource.Folder(model));
        SortedMap<String, String> sums = new TreeMap<>(Map.of("merges.txt", OTHER));

        assertThat(compare(lock, sums).stream().map(Check::field)).allMatch(field -> field.contains("merges.txt"));
    }

    @Test
    void a_listed_file_that_engines_load_and_the_lock_lacks_is_a_mismatch() throws IOException {
        Path model = TinyModelFolder.copyTo(folder.resolve("model"));
        Lock lock = lock(new ModelSource.Folder(model));
        SortedMap<String, String> sums =
                new TreeMap<>(Map.of("preset.ini", OTHER, "LICENSE", OTHER, "adapter_model.bin", OTHER));

        assertThat(compare(lock, sums))
                .extracting(Check::layer, Check::field, Check::note)
                .containsExactly(
                        tuple(Layer.ADAPTERS, "model.file.adapter_model.bin", "the stack holds it, the lock does not"),
                        tuple(
                                Layer.GENERATION_DEFAULTS,
                                "model.file.preset.ini",
                                "the stack holds it, the lock does not"));
    }

    @Test
    void the_digest_of_a_gguf_file_proves_all_of_it_or_none() throws IOException {
        Path file = GgufFixture.model().write(folder.resolve("m.gguf"));
        Lock lock = lock(new ModelSource.Gguf(file));

        List<Check> same = compare(lock, new TreeMap<>(Map.of("q8/m.gguf", Sha256.of(file))), Optional.of("m.gguf"));
        List<Check> other = compare(lock, new TreeMap<>(Map.of("m.gguf", OTHER)), Optional.of("m.gguf"));
        List<Check> several = compare(lock, new TreeMap<>(Map.of("a.gguf", OTHER, "b.gguf", "e".repeat(64))));

        assertThat(same).allMatch(check -> check.outcome() == Outcome.MATCH);
        assertThat(same).allMatch(check -> check.note().equals("listed as 'q8/m.gguf'"));
        assertThat(same)
                .extracting(check -> check.layer() + "." + check.field())
                .containsExactlyInAnyOrderElementsOf(fields(lock));
        assertThat(other).allMatch(check -> check.outcome() == Outcome.MISMATCH);
        assertThat(several).isEmpty();
    }

    @Test
    void the_digest_of_a_file_of_another_name_proves_nothing() throws IOException {
        Path file = GgufFixture.model().write(folder.resolve("m.gguf"));
        Lock lock = lock(new ModelSource.Gguf(file));
        SortedMap<String, String> list = new TreeMap<>(Map.of("other.gguf", Sha256.of(file), "third.gguf", OTHER));

        assertThat(compare(lock, list, Optional.of("m.gguf")))
                .hasSameSizeAs(fields(lock))
                .allMatch(check -> check.outcome() == Outcome.UNVERIFIABLE)
                .allMatch(check -> check.note()
                        .equals("the locked digest is listed as 'other.gguf', but the file is called 'm.gguf';"
                                + " name the one that is meant with 'path'"));
        assertThat(compare(lock, list, Optional.of("other.gguf"))).allMatch(check -> check.outcome() == Outcome.MATCH);
    }

    @Test
    void of_several_files_the_name_decides() throws IOException {
        Path file = GgufFixture.model().write(folder.resolve("m.gguf"));
        Lock lock = lock(new ModelSource.Gguf(file));
        SortedMap<String, String> list = new TreeMap<>(Map.of("m.gguf", OTHER, "copy.gguf", Sha256.of(file)));

        assertThat(compare(lock, list))
                .isNotEmpty()
                .allMatch(check -> check.outcome() == Outcome.UNVERIFIABLE)
                .allMatch(check -> check.note()
                        .equals("the locked digest is listed as 'copy.gguf', but nobody says what the file is called;"
                                + " name the one that is meant with 'path'"));
        assertThat(compare(lock, list, Optional.of("m.gguf")))
                .isNotEmpty()
                .allMatch(check -> check.outcome() == Outcome.MISMATCH);
    }

    @Test
    void other_parts_of_the_stack_are_not_meant() throws IOException {
        Path file = GgufFixture.model().write(folder.resolve("m.gguf"));
        Lock lock = lock(new ModelSource.Gguf(file));

        assertThat(ClaimedFiles.compare(
                        lock,
                        new ClaimedFiles.Claims(
                                "projector", new TreeMap<>(Map.of("m.gguf", OTHER)), Optional.of("m.gguf")),
                        Step.DISK,
                        Policies.defaults()))
                .isEmpty();
    }

    private static List<Check> compare(Lock lock, SortedMap<String, String> claims) {
        return compare(lock, claims, Optional.empty());
    }

    private static List<Check> compare(Lock lock, SortedMap<String, String> claims, Optional<String> name) {
        return ClaimedFiles.compare(
                lock, new ClaimedFiles.Claims("model", claims, name), Step.DISK, Policies.defaults());
    }

    private static List<String> fields(Lock lock) {
        return lock.layers().entrySet().stream()
                .flatMap(
                        layer -> layer.getValue().pinned().keySet().stream().map(field -> layer.getKey() + "." + field))
                .toList();
    }

    static Lock lock(ModelSource source) {
        return lock(source.read("model"));
    }

    static Lock lock(SourceFacts facts) {
        Map<Layer, LayerState> layers = new EnumMap<>(Layer.class);
        for (Layer layer : Layer.values()) {
            Map<String, JsonNode> notes = layer == Layer.PROVENANCE ? facts.notes() : Map.of();
            layers.put(
                    layer,
                    LayerState.of(facts.proof().getOrDefault(layer, new TreeMap<>()), Map.of(), notes, Set.of()));
        }
        return new Lock("tiny", layers);
    }

    private static SortedMap<String, String> sums(Path model) throws IOException {
        SortedMap<String, String> sums = new TreeMap<>();
        try (Stream<Path> files = Files.list(model)) {
            files.forEach(file -> sums.put(file.getFileName().toString(), Sha256.of(file)));
        }
        return sums;
    }
}
