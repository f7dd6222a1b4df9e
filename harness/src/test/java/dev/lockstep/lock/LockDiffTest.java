package dev.lockstep.lock;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.lockstep.document.Sha256;
import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LockDiffTest {
    @TempDir
    private Path folder;

    @Test
    void equal_locks_do_not_differ() {
        LockDiff diff = LockDiff.between(engine("b1", "x"), engine("b1", "x"));

        assertThat(diff.changes()).isEmpty();
        assertThat(diff.layers()).isEmpty();
        assertThat(diff.sameId()).isTrue();
    }

    @Test
    void observed_change_is_told_but_keeps_the_id() {
        LockDiff diff = LockDiff.between(engine("b1", "x"), engine("b1", "y"));

        assertThat(diff.changes()).containsExactly(new LockDiff.Change(Layer.ENGINE, "observed", "build", "x", "y"));
        assertThat(diff.layers()).isEmpty();
        assertThat(diff.sameId()).isTrue();
    }

    @Test
    void template_change_in_a_model_file_names_template_and_tells_the_file_last() throws IOException {
        Lock before = disk(GgufFixture.model());
        Lock after = disk(GgufFixture.model().text("tokenizer.chat_template", "{{ messages }}"));

        LockDiff diff = LockDiff.between(before, after);

        assertThat(diff.layers()).containsExactly(Layer.TEMPLATE);
        assertThat(diff.sameId()).isFalse();
        assertThat(diff.changes())
                .containsExactly(
                        new LockDiff.Change(
                                Layer.TEMPLATE,
                                "pinned",
                                "model.tokenizer.chat_template",
                                brief(Sha256.of("\"{{ messages[0].content }}\"")),
                                brief(Sha256.of("\"{{ messages }}\""))),
                        new LockDiff.Change(
                                Layer.TEMPLATE, "pinned", "model.tokenizer.chat_template.length", "25", "14"),
                        new LockDiff.Change(
                                Layer.PROVENANCE,
                                "pinned",
                                "model.file",
                                brief(Sha256.of(GgufFixture.model().bytes())),
                                brief(Sha256.of(GgufFixture.model()
                                        .text("tokenizer.chat_template", "{{ messages }}")
                                        .bytes()))));
    }

    @Test
    void provenance_is_named_when_alone() throws IOException {
        LockDiff diff = LockDiff.between(
                disk(GgufFixture.model()), disk(GgufFixture.model().version(2)));

        assertThat(diff.layers()).containsExactly(Layer.PROVENANCE);
    }

    @Test
    void layers_stand_in_their_order() {
        LayerState one = LockFixture.pinned(Map.of("a", IntNode.valueOf(1)));
        LayerState two = LockFixture.pinned(Map.of("a", IntNode.valueOf(2)));

        assertThat(LockDiff.between(
                                LockFixture.of(Map.of(Layer.LAUNCH, one, Layer.WEIGHTS, one, Layer.ENGINE, one)),
                                LockFixture.of(Map.of(Layer.LAUNCH, two, Layer.WEIGHTS, two, Layer.ENGINE, two)))
                        .layers())
                .containsExactly(Layer.WEIGHTS, Layer.ENGINE, Layer.LAUNCH);
    }

    @Test
    void layer_that_appears_and_subject_that_changes_move_the_id() {
        Lock before = LockFixture.of(Map.of());
        Lock after = new Lock(
                "other",
                LockFixture.of(Map.of(Layer.ADAPTERS, LockFixture.pinned(Map.of("rank", IntNode.valueOf(4)))))
                        .layers());

        assertThat(LockDiff.between(before, after).changes())
                .containsExactly(
                        new LockDiff.Change(Layer.ADAPTERS, "declared", "applicable", "false", "true"),
                        new LockDiff.Change(Layer.ADAPTERS, "pinned", "rank", "", "4"),
                        new LockDiff.Change(Layer.PROVENANCE, "declared", "subject", "tiny", "other"));
    }

    @Test
    void subject_alone_moves_the_id() {
        Lock before = LockFixture.of(Map.of());
        LockDiff diff = LockDiff.between(before, new Lock("other", before.layers()));

        assertThat(diff.sameId()).isFalse();
        assertThat(diff.layers()).containsExactly(Layer.PROVENANCE);
    }

    @Test
    void value_that_becomes_proof_is_told_twice() {
        LayerState declared = LayerState.of(Map.of(), Map.of("a", IntNode.valueOf(1)), Map.of(), Set.of());
        LayerState pinned = LockFixture.pinned(Map.of("a", IntNode.valueOf(1)));

        assertThat(LockDiff.between(
                                LockFixture.of(Map.of(Layer.ENGINE, declared)),
                                LockFixture.of(Map.of(Layer.ENGINE, pinned)))
                        .changes())
                .containsExactly(
                        new LockDiff.Change(Layer.ENGINE, "pinned", "a", "", "1"),
                        new LockDiff.Change(Layer.ENGINE, "declared", "a", "1", ""));
    }

    @Test
    void long_values_are_shown_where_they_differ() {
        String arguments =
                "--model /models/tiny.gguf --mmproj /models/mmproj.gguf --parallel 1 --ctx-size 4096 --threads ";
        LockDiff diff = LockDiff.between(engine(arguments + 1, "x"), engine(arguments + 16 + " --verbose", "x"));

        assertThat(diff.changes())
                .containsExactly(new LockDiff.Change(
                        Layer.ENGINE, "pinned", "version", "…4096 --threads 1", "…4096 --threads 16 --verbose"));
    }

    @Test
    void long_new_value_is_cut() {
        LayerState state = LockFixture.pinned(Map.of("text", TextNode.valueOf("x".repeat(100))));
        LockDiff diff = LockDiff.between(
                LockFixture.of(Map.of(Layer.ENGINE, LockFixture.pinned(Map.of()))),
                LockFixture.of(Map.of(Layer.ENGINE, state)));

        assertThat(diff.changes())
                .containsExactly(new LockDiff.Change(Layer.ENGINE, "pinned", "text", "", "x".repeat(79) + "…"));
    }

    private static Lock engine(String version, String build) {
        return LockFixture.of(Map.of(
                Layer.ENGINE,
                LayerState.of(
                        Map.of("version", TextNode.valueOf(version)),
                        Map.of(),
                        Map.of("build", TextNode.valueOf(build)),
                        Set.of())));
    }

    private Lock disk(GgufFixture model) throws IOException {
        Map<Layer, LayerState> layers = new EnumMap<>(Layer.class);
        GgufLayers.read(model.write(folder.resolve("tiny.gguf")), "model")
                .forEach(
                        (layer, fields) -> layers.put(layer, LockFixture.pinned(Map.<String, JsonNode>copyOf(fields))));
        return LockFixture.of(layers);
    }

    private static String brief(String sha256) {
        return "sha256:" + sha256.substring(0, 8) + "…";
    }
}
