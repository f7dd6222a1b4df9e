package dev.lockstep.lock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.lockstep.document.Sha256;
import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
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

    @Test
    void command_lines_differ_by_their_arguments() {
        Lock before = argv(
                "serve", "--ctx-size", "4096", "--jinja", "--dtype=auto", "-ngl", "99", "--lora", "a", "--lora", "b");
        Lock after =
                argv("run", "--dtype=bfloat16", "-ngl", "99", "--ctx-size", "8192", "x", "--lora", "a", "--no-mmap");

        assertThat(LockDiff.between(before, after).changes())
                .extracting(LockDiff.Change::field, LockDiff.Change::values)
                .containsExactly(
                        tuple("argv --ctx-size", "4096 → 8192 x"),
                        tuple("argv --dtype", "auto → bfloat16"),
                        tuple("argv --jinja", "true → (missing)"),
                        tuple("argv --lora (2)", "b → (missing)"),
                        tuple("argv --no-mmap", "(missing) → true"),
                        tuple("argv word 1", "serve → run"));
    }

    @Test
    void command_lines_in_another_order_differ_as_a_whole() {
        assertThat(LockDiff.between(argv("-a", "1", "-b"), argv("-b", "-a", "1"))
                        .changes())
                .extracting(LockDiff.Change::field, LockDiff.Change::values)
                .containsExactly(tuple("argv", "[\"-a\",\"1\",\"-b\"] → [\"-b\",\"-a\",\"1\"]"));
    }

    @Test
    void objects_differ_by_their_keys_and_lists_of_files_by_their_paths() throws IOException {
        Lock before = LockFixture.of(
                Map.of(
                        Layer.WEIGHTS,
                        LockFixture.pinned(
                                Map.of(
                                        "types", json("{\"F16\": 29, \"F32\": 17}"),
                                        "files",
                                                json(
                                                        "[{\"path\": \"a\", \"sha256\": \"1\"}, {\"path\": \"b\", \"sha256\": \"2\"}]")))));
        Lock after = LockFixture.of(
                Map.of(
                        Layer.WEIGHTS,
                        LockFixture.pinned(
                                Map.of(
                                        "types", json("{\"F16\": 28, \"Q8_0\": 1, \"F32\": 17}"),
                                        "files",
                                                json(
                                                        "[{\"path\": \"b\", \"sha256\": \"3\"}, {\"path\": \"c\", \"sha256\": \"4\"}]")))));

        assertThat(LockDiff.between(before, after).changes())
                .extracting(LockDiff.Change::field, LockDiff.Change::values)
                .containsExactly(
                        tuple("files[a]", "{\"path\":\"a\",\"sha256\":\"1\"} → (missing)"),
                        tuple("files[b].sha256", "2 → 3"),
                        tuple("files[c]", "(missing) → {\"path\":\"c\",\"sha256\":\"4\"}"),
                        tuple("types.F16", "29 → 28"),
                        tuple("types.Q8_0", "(missing) → 1"));
    }

    @Test
    void table_has_a_row_for_each_layer() {
        LayerState one = LockFixture.pinned(Map.of("a", IntNode.valueOf(1)));
        LayerState two = LockFixture.pinned(Map.of("a", IntNode.valueOf(2), "b", IntNode.valueOf(2)));
        LayerState said =
                LayerState.of(Map.of("a", IntNode.valueOf(1)), Map.of(), Map.of("c", IntNode.valueOf(1)), Set.of());

        List<LayerTable.Row> rows = LayerTable.of(
                LockFixture.of(Map.of(Layer.WEIGHTS, one, Layer.ENGINE, one)),
                LockFixture.of(Map.of(Layer.WEIGHTS, two, Layer.ENGINE, said)));

        assertThat(rows).extracting(LayerTable.Row::layer).containsExactly(Layer.values());
        assertThat(rows)
                .filteredOn(row -> row.moved() || row.changes() + row.observed() > 0)
                .extracting(
                        LayerTable.Row::layer, LayerTable.Row::moved, LayerTable.Row::changes, LayerTable.Row::observed)
                .containsExactly(tuple(Layer.WEIGHTS, true, 2L, 0L), tuple(Layer.ENGINE, false, 0L, 1L));
        assertThat(rows.getLast()).isEqualTo(new LayerTable.Row(Layer.HARDWARE, "", "", 0, 0));
    }

    private static Lock argv(String... words) {
        ArrayNode argv = JsonNodeFactory.instance.arrayNode();
        List.of(words).forEach(argv::add);
        return LockFixture.of(Map.of(Layer.LAUNCH, LockFixture.pinned(Map.of("argv", argv))));
    }

    private static JsonNode json(String text) throws IOException {
        return new ObjectMapper().readTree(text);
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
