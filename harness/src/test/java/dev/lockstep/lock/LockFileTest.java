package dev.lockstep.lock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.lockstep.document.ErrorKind;
import dev.lockstep.document.LockstepException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LockFileTest {
    private static final Path BAD = Path.of("src/test/resources/bad/lock");
    private static final String REMEDY = "restore the file from version control or make it anew with `lockstep lock`";
    private static final Lock LOCK = LockFixture.of(Map.of(
            Layer.ENGINE,
            LayerState.of(
                    Map.of("version", TextNode.valueOf("b1")),
                    Map.of("mirror", TextNode.valueOf("registry")),
                    Map.of("threshold", DoubleNode.valueOf(1e-7), "slots", IntNode.valueOf(4)),
                    Set.of("driver", "cuda"))));

    @TempDir
    private Path folder;

    @Test
    void text_is_sorted_and_leaves_out_what_is_empty() {
        assertThat(LockFile.text(LOCK)).isEqualTo("""
                        {
                          "layers": {
                            "adapters": "notApplicable",
                            "derivation": "notApplicable",
                            "engine": {
                              "declared": {
                                "mirror": "registry"
                              },
                              "observed": {
                                "slots": 4,
                                "threshold": 1E-7
                              },
                              "pinned": {
                                "version": "b1"
                              },
                              "unknown": [
                                "cuda",
                                "driver"
                              ]
                            },
                            "generationDefaults": "notApplicable",
                            "hardware": "notApplicable",
                            "launch": "notApplicable",
                            "modelConfig": "notApplicable",
                            "processor": "notApplicable",
                            "provenance": "notApplicable",
                            "quantization": "notApplicable",
                            "template": "notApplicable",
                            "tokenizer": "notApplicable",
                            "weights": "notApplicable"
                          },
                          "lockVersion": 1,
                          "subject": "tiny"
                        }
                        """);
    }

    @Test
    void what_was_written_is_read_again() {
        Path file = folder.resolve("locks/new/stack.lock.json");

        LockFile.write(file, LOCK);

        assertThat(LockFile.read(file)).isEqualTo(LOCK);
        assertThat(file).hasContent(LockFile.text(LOCK));
    }

    @Test
    void applicable_layer_without_fields_survives() {
        Lock lock = LockFixture.of(Map.of(Layer.ENGINE, LockFixture.pinned(Map.of())));
        Path file = folder.resolve("stack.lock.json");

        LockFile.write(file, lock);

        assertThat(LockFile.read(file)).isEqualTo(lock);
    }

    @Test
    void writing_replaces_the_file_and_leaves_nothing_beside_it() throws IOException {
        Path file = Files.writeString(folder.resolve("stack.lock.json"), "old");

        LockFile.write(file, LOCK);

        assertThat(LockFile.read(file)).isEqualTo(LOCK);
        assertThat(folder).isDirectoryNotContaining(entry -> !entry.equals(file));
    }

    @Test
    void failed_write_leaves_nothing_behind() throws IOException {
        Path file = folder.resolve("stack.lock.json");
        Files.createDirectories(file.resolve("full"));

        assertThatThrownBy(() -> LockFile.write(file, LOCK))
                .isInstanceOfSatisfying(
                        LockstepException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.PREREQUISITE))
                .hasMessageStartingWith(file + ": cannot be written (")
                .hasMessageEndingWith("); check the folder's permissions and free space");
        assertThat(folder).isDirectoryNotContaining(entry -> !entry.equals(file));
    }

    @Test
    void file_named_by_its_id_is_read() {
        Path file = folder.resolve(LOCK.id() + ".json");

        LockFile.write(file, LOCK);

        assertThat(LockFile.read(file)).isEqualTo(LOCK);
    }

    @Test
    void file_named_by_another_id_breaks_the_lock() {
        Path file = BAD.resolve("lk1-" + "0".repeat(64) + ".json");

        assertThatThrownBy(() -> LockFile.read(file))
                .isInstanceOfSatisfying(
                        LockstepException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.LOCK))
                .hasMessage(file + ": holds the lock "
                        + LockFixture.of(Map.of()).id()
                        + ", not the one it is named after; restore the file from version control");
    }

    @ParameterizedTest
    @ValueSource(strings = {"unsorted.json", "windows-line-ends.json", "number-with-fraction.json"})
    void another_spelling_is_refused_but_can_be_mended(String name) {
        Path file = BAD.resolve(name);

        refuses(
                file,
                file + ": is not spelled as Lockstep writes it (order of keys, spaces, numbers, line ends);"
                        + " write it again with `lockstep lock fmt " + file + "`, never edit it by hand");

        Path mended = folder.resolve("stack.lock.json");
        LockFile.write(mended, LockFile.readAnySpelling(file));
        assertThat(LockFile.read(mended).id())
                .isEqualTo(LockFile.readAnySpelling(file).id());
    }

    @Test
    void missing_file_is_refused() {
        Path file = folder.resolve("stack.lock.json");
        refuses(file, file + ": there is no such file; check the path");
    }

    @Test
    void broken_json_is_refused() {
        Path file = BAD.resolve("broken.json");
        refuses(file, file + ":3:1: is not valid JSON: Unexpected end-of-input: expected close marker for Object");
    }

    @Test
    void empty_file_is_refused() {
        Path file = BAD.resolve("empty.json");
        refuses(file, file + ":1:1: the file is empty");
    }

    @Test
    void another_version_is_refused() {
        Path file = BAD.resolve("version-2.json");
        refuses(
                file,
                file + ":17:18: the lock: 'lockVersion' is 2; this Lockstep reads version 1;"
                        + " use the Lockstep that wrote the file, or make it anew with `lockstep lock`");
    }

    @Test
    void file_without_version_is_refused() {
        Path file = BAD.resolve("no-version.json");
        refuses(file, file + ":1:1: the lock: is no lock: it needs 'lockVersion'; " + REMEDY);
    }

    @Test
    void absent_layers_are_refused_together() {
        Path file = BAD.resolve("layer-absent.json");
        refuses(
                file,
                file + ":2:13: the lock: layer 'template' is absent (an empty one reads \"notApplicable\"); "
                        + REMEDY + "\n" + file
                        + ":2:13: the lock: layer 'engine' is absent (an empty one reads \"notApplicable\"); " + REMEDY
                        + "\n2 problems");
    }

    @Test
    void unknown_layer_is_refused() {
        Path file = BAD.resolve("layer-unknown.json");
        refuses(
                file,
                file + ":4:5: the lock: unknown layer 'canaries'; known layers: provenance, weights,"
                        + " quantization, tokenizer, template, modelConfig, processor, generationDefaults, adapters,"
                        + " derivation, engine, launch, hardware");
    }

    @Test
    void unknown_fields_are_refused_together() {
        Path file = BAD.resolve("field-unknown.json");
        refuses(
                file,
                file + ":2:3: the lock: unknown field 'created'; known fields: layers, lockVersion, subject\n" + file
                        + ":17:7: layer 'weights': unknown field 'pined'; did you mean 'pinned'?\n2 problems");
    }

    @Test
    void layer_that_is_a_list_is_refused() {
        Path file = BAD.resolve("layer-is-a-list.json");
        refuses(file, file + ":15:16: layer 'weights' needs fields (name: value), not a list");
    }

    @Test
    void double_key_is_refused() {
        Path file = BAD.resolve("key-twice.json");
        refuses(file, file + ":19:3: 'subject' stands here twice, first in line 18; keep one");
    }

    @Test
    void no_flipped_bit_goes_unnoticed() throws IOException {
        Path file = folder.resolve("stack.lock.json");
        byte[] good = LockFile.text(LOCK).getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < good.length; i++) {
            byte[] flipped = good.clone();
            flipped[i] ^= 1;
            Files.write(file, flipped);
            assertThat(lockOrMessage(file)).as("byte %d", i).isNotEqualTo(LOCK);
        }
    }

    private static Object lockOrMessage(Path file) {
        try {
            return LockFile.read(file);
        } catch (LockstepException e) {
            return String.valueOf(e.getMessage());
        }
    }

    private static void refuses(Path file, String message) {
        assertThatThrownBy(() -> LockFile.read(file))
                .isInstanceOfSatisfying(
                        LockstepException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.CONFIG))
                .hasMessage(message);
    }
}
