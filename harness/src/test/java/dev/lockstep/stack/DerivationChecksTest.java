package dev.lockstep.stack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.derivation.GgufCopy;
import dev.lockstep.derivation.LockedModels;
import dev.lockstep.lock.Check;
import dev.lockstep.lock.Layer;
import dev.lockstep.lock.Lock;
import dev.lockstep.lock.TensorStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A locked derivation, looked at again. */
final class DerivationChecksTest {
    private static final ProcessEvidence UNSEEN = new ProcessEvidence.Unseen("another machine");

    @TempDir
    Path temporary;

    private LockedModels models;
    private Path model;
    private Lock lock;

    @BeforeEach
    void prepare() throws IOException {
        models = new LockedModels(temporary.toRealPath());
        models.lock("base", "files: {weights: " + GgufCopy.TEXT + "}");
        model = GgufCopy.text().merged("rome", 1).write(models.folder("base").resolve("edited.gguf"));
        lock = models.lock("derived", steps("blk.0.ffn_down.weight"));
    }

    @Test
    void an_unchanged_one_matches_without_its_base() throws IOException {
        Files.delete(models.folder("base").resolve("stack.lock.json"));

        assertThat(run(List.of()))
                .containsExactly(
                        "DISK 1.tensors MATCH: ",
                        "PROCESS weights UNVERIFIABLE: ",
                        "DISK 1.base UNVERIFIABLE: " + models.folder("base").resolve("stack.lock.json")
                                + ": there is no such lock, so nobody can say what it held",
                        "DISK 1.base.tensors MATCH: ");
    }

    @Test
    void an_edit_of_anything_else_is_named() throws IOException {
        GgufCopy.text().merged("memit", 10).write(model);

        assertThat(run(List.of()))
                .contains(
                        "DISK 1.tensors MISMATCH: changes 'blk.3.ffn_down.weight', which the derivation may not; make the"
                                + " model anew, or name them in 'changes'; changes 2 tensors, 'blk.0.ffn_down.weight',"
                                + " 'blk.3.ffn_down.weight', but rome edits one; call it memit, or make the model anew");
    }

    @Test
    void a_base_that_was_locked_anew_is_another_one() throws IOException {
        models.lock("base", "files: {weights: " + model + "}");

        assertThat(run(List.of())).contains("DISK 1.base MISMATCH: ", "DISK 1.base.tensors MATCH: ");
    }

    @Test
    void other_steps_are_another_stack() throws IOException {
        models.config("derived", steps("blk.*.ffn_down.weight"));

        assertThat(new StaticChecks(lock, config()).run())
                .filteredOn(Check::breaksLock)
                .extracting(check -> check.layer() + " " + check.field())
                .containsExactly("derivation 1.changes");
    }

    @Test
    void steps_that_nobody_says_any_more_are_missing() throws IOException {
        models.config("derived", "files: {weights: " + model + "}");

        assertThat(run(List.of())).contains("DISK 1.base.tensors MISMATCH: the lock holds it, the stack does not");
    }

    @Test
    void a_process_that_holds_the_locked_weights_is_derived_as_they_are() throws IOException {
        assertThat(run(List.of(held(Check.Outcome.MATCH)))).contains("PROCESS weights MATCH: ");
        assertThat(run(List.of(held(Check.Outcome.UNVERIFIABLE)))).contains("PROCESS weights UNVERIFIABLE: ");
    }

    private List<String> run(List<Check> others) throws IOException {
        ResolvedStack.Kept kept = new ResolvedStack.Kept(lock, TensorStore.in(models.folder("derived")));
        return new DerivationChecks(kept, config(), new ModelLayers())
                .run(UNSEEN, others).stream()
                        .map(check -> check.step() + " " + check.field() + " " + check.outcome() + ": " + check.note())
                        .toList();
    }

    private StackConfig config() {
        return StackConfigReader.read(models.folder("derived"));
    }

    private String steps(String changes) {
        return """
                files: {weights: %s}
                derivation:
                  - {op: rome, base: ../base/stack.lock.json, tool: edit 1.0, changes: ["%s"]}
                """.formatted(model, changes);
    }

    private static Check held(Check.Outcome outcome) {
        return new Check(Layer.WEIGHTS, Check.Step.PROCESS, "model.tensors", outcome, Check.Policy.PIN, "a", "a", "");
    }
}
