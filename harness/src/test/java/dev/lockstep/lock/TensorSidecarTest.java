package dev.lockstep.lock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lockstep.document.CanonicalJson;
import dev.lockstep.document.ErrorKind;
import dev.lockstep.document.LockstepException;
import dev.lockstep.document.Sha256;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TensorSidecarTest {
    private static final TensorDigests MODEL =
            model("blk.0.attn", "a").and(model("blk.0.mlp", "b")).and(model("ü \"q\" \ud83d\ude00", "c"));

    @TempDir
    private Path folder;

    @Test
    void unpacked_it_is_the_canonical_json_whose_digest_is_the_root() throws IOException {
        Path sidecar = folder.resolve("lk1" + TensorSidecar.SUFFIX);

        TensorSidecar.write(sidecar, MODEL);

        byte[] unpacked = new GZIPInputStream(Files.newInputStream(sidecar)).readAllBytes();
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        MODEL.byName().forEach((name, tensor) -> json.set(name, tensor.toJson()));
        assertThat(new String(unpacked, StandardCharsets.UTF_8)).isEqualTo(CanonicalJson.compact(json));
        assertThat(Sha256.of(unpacked)).isEqualTo(MODEL.root()).isEqualTo(CanonicalJson.sha256(json));
        assertThat(TensorSidecar.read(sidecar, MODEL.root())).isEqualTo(MODEL);
    }

    @Test
    void same_tensors_give_the_same_bytes() throws IOException {
        TensorSidecar.write(folder.resolve("a"), MODEL);
        TensorSidecar.write(
                folder.resolve("b"), model("ü \"q\" \ud83d\ude00", "c").and(MODEL));

        assertThat(folder.resolve("a")).hasSameBinaryContentAs(folder.resolve("b"));
    }

    @Test
    void sidecar_of_another_lock_is_refused() {
        Path sidecar = folder.resolve("other.tensors.json.gz");
        TensorSidecar.write(sidecar, MODEL);

        assertThatThrownBy(() -> TensorSidecar.read(sidecar, "abc"))
                .isInstanceOfSatisfying(
                        LockstepException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.LOCK))
                .hasMessage(sidecar + ": holds the tensors " + MODEL.root()
                        + ", but the lock names abc; restore the file from version control, or lock again");
    }

    @Test
    void every_cut_and_every_flipped_byte_is_refused() throws IOException {
        Path sidecar = folder.resolve("damaged.tensors.json.gz");
        TensorSidecar.write(sidecar, MODEL);
        byte[] whole = Files.readAllBytes(sidecar);
        for (int at = 0; at < whole.length; at++) {
            Files.write(sidecar, Arrays.copyOf(whole, at));
            assertRefused(sidecar, "cut to " + at);
        }
        for (int at = 10; at < whole.length; at++) {
            byte[] flipped = whole.clone();
            flipped[at] ^= 1;
            Files.write(sidecar, flipped);
            assertRefused(sidecar, "flipped at " + at);
        }
    }

    @Test
    void says_that_a_file_is_no_list_of_tensors() throws IOException {
        Path sidecar = Files.writeString(folder.resolve("a.tensors.json.gz"), "{}");

        assertThatThrownBy(() -> TensorSidecar.read(sidecar, "abc"))
                .hasMessage(sidecar + ": is no list of tensors; restore the file from version control, or lock again");
    }

    @Test
    void diff_names_changed_added_and_removed_tensors() {
        TensorDigests before = model("same", "a").and(model("data", "a")).and(model("gone", "a"));
        TensorDigests after = model("same", "a").and(model("data", "b")).and(model("new", "a"));

        TensorDiff diff = TensorDiff.between(before, after);

        assertThat(diff.changed()).containsExactly("data");
        assertThat(diff.added()).containsExactly("new");
        assertThat(diff.removed()).containsExactly("gone");
        assertThat(diff.names()).containsExactly("data", "gone", "new");
        assertThat(diff.isEmpty()).isFalse();
        assertThat(TensorDiff.between(before, before).isEmpty()).isTrue();
    }

    @Test
    void another_shape_or_type_of_the_same_data_is_a_change() {
        TensorDigests before = one(new TensorDigest("F32", List.of(2L, 3L), "d"));

        assertThat(TensorDiff.between(before, one(new TensorDigest("F32", List.of(3L, 2L), "d")))
                        .changed())
                .containsExactly("t");
        assertThat(TensorDiff.between(before, one(new TensorDigest("I32", List.of(2L, 3L), "d")))
                        .changed())
                .containsExactly("t");
    }

    private static void assertRefused(Path sidecar, String how) {
        assertThatThrownBy(() -> TensorSidecar.read(sidecar, MODEL.root()))
                .as(how)
                .isInstanceOf(LockstepException.class);
    }

    private static TensorDigests model(String name, String data) {
        return new TensorDigests(
                new TreeMap<>(Map.of(name, new TensorDigest("F16", List.of(1L, 2L), Sha256.of(data)))));
    }

    private static TensorDigests one(TensorDigest tensor) {
        return new TensorDigests(new TreeMap<>(Map.of("t", tensor)));
    }
}
