package dev.lockstep.derivation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.derivation.DerivedModel.LoadedAdapter;
import dev.lockstep.lock.ModelSource;
import dev.lockstep.lock.Policies;
import dev.lockstep.lock.TensorDigests;
import dev.lockstep.lock.TensorStore;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Adapters that a server loads beside the tiny model. */
final class RuntimeAdaptersTest {
    @TempDir
    Path temporary;

    private LockedModels models;
    private Path first;
    private Path second;

    @BeforeEach
    void prepare() throws IOException {
        models = new LockedModels(temporary.toRealPath());
        first = GgufCopy.adapterOf("lora").write(temporary.resolve("first.gguf"));
        second = GgufCopy.adapterOf("prompt-baked").write(temporary.resolve("second.gguf"));
    }

    @Test
    void are_named_with_scale_and_order() throws IOException {
        Findings found = examined(GgufCopy.TEXT, loaded(first, 1), loaded(second, .5));

        assertThat(found.facts())
                .containsOnlyKeys("1.adapter", "1.base", "1.base.tensors", "1.loaded", "2.adapter", "2.loaded");
        assertThat(found.facts().get("2.loaded")).hasToString("{\"name\":\"second.gguf\",\"order\":2,\"scale\":0.5}");
        assertThat(found.checks())
                .extracting(check -> check.field() + " " + check.outcome() + ": " + check.values())
                .containsExactly(
                        "1.loaded MATCH: locked adapter 1, scale 1.0, found adapter 1, scale 1.0",
                        "2.loaded MATCH: locked adapter 2, scale 0.5, found adapter 2, scale 0.5",
                        "1.tensors MATCH: locked only what lora-runtime may change, found 0 of 46 tensors differ");
    }

    @Test
    void another_scale_is_refused() {
        assertThatThrownBy(() -> examined(GgufCopy.TEXT, loaded(first, .25), loaded(second, .5)))
                .hasMessage(problem(1) + "the launch gives it the scale 0.25; write that as 'scale' in 'parameters', or"
                        + " correct the launch");
    }

    @Test
    void another_order_is_refused() {
        assertThatThrownBy(() -> examined(GgufCopy.TEXT, loaded(second, 1), loaded(first, .5)))
                .hasMessage(problem(1) + "the launch loads another adapter there, " + second
                        + "; name that one, or put the steps into the order of the launch\n"
                        + problem(2) + "the launch loads another adapter there, " + first
                        + "; name that one, or put the steps into the order of the launch\n2 problems");
    }

    @Test
    void one_that_is_not_loaded_and_one_that_nobody_named_are_refused() {
        assertThatThrownBy(() -> examined(GgufCopy.TEXT, loaded(first, 1)))
                .hasMessage(problem(2) + "the launch loads no adapter at place 2; add it, or take the step out");
        LoadedAdapter more = loaded(first, 1);
        assertThatThrownBy(() -> examined(GgufCopy.TEXT, more, loaded(second, .5), more))
                .hasMessage(problem(2) + "the launch loads first.gguf as well; add a step for it, or leave it out");
    }

    @Test
    void one_with_trained_lengths_of_rows_is_dora_and_one_without_is_not() throws IOException {
        Path dora = doraAdapter();

        Findings found = examinedAs("dora-runtime", dora, 1);

        assertThat(found.facts().get("1.loaded")).hasToString("{\"name\":\"dora\",\"order\":1,\"scale\":1.0}");
        assertThat(found.checks())
                .extracting(check -> check.field() + " " + check.outcome() + ": " + check.values())
                .containsExactly(
                        "1.loaded MATCH: locked adapter 1, scale 1.0, found adapter 1, scale 1.0",
                        "1.tensors MATCH: locked only what dora-runtime may change, found 0 of 46 tensors differ");
        assertThatThrownBy(() -> examinedAs("dora-runtime", dora, .5))
                .hasMessageEndingWith("(dora-runtime): the launch gives it the scale 0.5; write that as 'scale' in"
                        + " 'parameters', or correct the launch");
        assertThatThrownBy(() -> examinedAs("lora-runtime", dora, 1))
                .hasMessageEndingWith(
                        "(lora-runtime): names an adapter with trained lengths of rows, which is dora-runtime;"
                                + " correct 'op' or 'adapter'");
        assertThatThrownBy(() -> examinedAs("dora-runtime", first, 1))
                .hasMessageEndingWith("(dora-runtime): names an adapter without trained lengths of rows, which is"
                        + " lora-runtime; correct 'op' or 'adapter'");
    }

    private Path doraAdapter() throws IOException {
        String module = "base_model.model.model.language_model.layers.0.self_attn.q_proj.lora_";
        double[][] matrix = TinyWeights.read(TinyWeights.INSTRUCT)
                .get("model.language_model.layers.0.self_attn.q_proj.weight")
                .rows();
        TinyWeights pairs = TinyWeights.empty();
        pairs.put(module + "A.weight", "F32", Arithmetic.random(1, 4, matrix[0].length, .02));
        pairs.put(module + "B.weight", "F32", Arithmetic.random(2, matrix.length, 4, .02));
        pairs.put(module + "magnitude_vector", "F32", new double[][] {Arithmetic.lengths(matrix)});
        return pairs.writeAdapter(temporary.resolve("dora"), "{\"r\": 4, \"lora_alpha\": 8, \"use_dora\": true}");
    }

    private Findings examinedAs(String operation, Path adapter, double scale) throws IOException {
        return examined(
                "derivation: [{op: %s, base: %s, adapter: %s, tool: peft 0.17.1}]\n"
                        .formatted(operation, models.ggufParent("whole"), adapter),
                GgufCopy.TEXT,
                loaded(adapter, scale));
    }

    @Test
    void the_model_under_them_must_be_the_base() throws IOException {
        Path edited = GgufCopy.text().merged("rome", 1).write(temporary.resolve("edited.gguf"));

        assertThatThrownBy(() -> examined(edited, loaded(first, 1), loaded(second, .5)))
                .hasMessage(problem(1)
                        + "changes 'blk.0.ffn_down.weight', which the derivation may not; make the model anew,"
                        + " or name them in 'changes'");
    }

    @Test
    void a_scale_that_only_the_process_knows_is_unknown() throws IOException {
        Findings found = examined(
                GgufCopy.TEXT, new LoadedAdapter(first, Optional.empty()), new LoadedAdapter(second, Optional.empty()));

        assertThat(found.gaps())
                .containsEntry("1.loaded", "only the process tells the scale of its adapters")
                .containsKey("2.loaded");
        assertThat(found.facts()).containsKeys("1.adapter", "2.adapter");
    }

    private static LoadedAdapter loaded(Path path, double scale) {
        return new LoadedAdapter(path, Optional.of(scale));
    }

    private String problem(int number) {
        int line = 6 + number;
        return models.folder("derived").resolve("stack.yaml") + ":" + line + ":5: derivation " + number
                + " (lora-runtime): ";
    }

    private Findings examined(Path text, LoadedAdapter... adapters) throws IOException {
        String steps = """
                derivation:
                  - {op: lora-runtime, base: %s, adapter: %s, tool: peft 0.17.1}
                  - {op: lora-runtime, adapter: %s, parameters: {scale: 0.5}, tool: peft 0.17.1}
                """.formatted(models.ggufParent("whole"), first, second);
        return examined(steps, text, adapters);
    }

    private Findings examined(String steps, Path text, LoadedAdapter... adapters) throws IOException {
        DerivedModel model = new DerivedModel(
                ModelSource.at(text).read("model").tensors(), TensorDigests.none(), List.of(text), List.of(adapters));
        return Examination.whenLocking(
                models.config("derived", steps).derivation(),
                model,
                Policies.defaults(),
                TensorStore.in(models.folder("derived")));
    }
}
