package dev.lockstep.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.baseline.StackFolder;
import dev.lockstep.document.ErrorKind;
import dev.lockstep.document.LockstepException;
import dev.lockstep.gate.Verdict;
import dev.lockstep.lock.Layer;
import dev.lockstep.lock.Lock;
import dev.lockstep.run.Plan;
import dev.lockstep.testing.Cases;
import dev.lockstep.testing.ServedStack;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What keeps a run from being asked, and what makes one invalid; {@link CalibratedRunTest} has those that are judged. */
final class RegressionRunTest {
    private static final String LAST_PROMPT = "Say w-08";

    @TempDir
    Path folder;

    private ServedStack stack;
    private Plan plan;

    @BeforeEach
    void serve() {
        stack = new ServedStack(folder);
        plan = stack.plan(Cases.words(8));
    }

    @AfterEach
    void stop() {
        stack.close();
    }

    @Test
    void asks_nothing_without_a_baseline() {
        Lock lock = stack.lock();

        RunOutcome outcome = run();

        assertThat(outcome.result().verdict())
                .isEqualTo(new Verdict.NoBaseline(List.of(
                        "nobody approved a baseline for lock " + lock.id().brief()
                                + "; nothing was asked. Record one with `lockstep baseline record`, look at it, then"
                                + " `lockstep baseline approve`")));
        assertNothingAsked(outcome);
    }

    @Test
    void compares_within_the_stratum_of_the_value_that_is_in_force() {
        String[] one = serving("1");
        Lock lock = stack.opaque("tiny@1", one)
                .baselined(stack.plan(Cases.words(8)), 1)
                .lock();
        assertThat(run().result().verdict().name()).isNotEqualTo("NO_BASELINE");
        stack.opaque("tiny@1", serving("2"));

        assertThat(run().result().verdict())
                .isEqualTo(new Verdict.NoBaseline(List.of("nobody approved a baseline for lock "
                        + lock.id().brief()
                        + " where launch.env.OMP_NUM_THREADS=2; nothing was asked. Record one with `lockstep baseline"
                        + " record`, look at it, then `lockstep baseline approve`")));
        stack.opaque("tiny@1", serving("3"));
        assertThat(run().result().verdict().name()).isEqualTo("LOCK_BROKEN");
    }

    private static String[] serving(String threads) {
        return new String[] {
            "launch: {command: vllm serve x, env: {OMP_NUM_THREADS: " + threads + "}}",
            "policies: {launch.env.OMP_NUM_THREADS: {oneOf: [\"1\", \"2\"]}}"
        };
    }

    @Test
    void asks_nothing_of_a_stack_that_is_not_the_locked_one() {
        stack.baselined(plan, 1).opaque("tiny@2");

        RunOutcome outcome = run();

        assertThat(outcome.result().verdict())
                .isEqualTo(new Verdict.LockBroken(
                        List.of(Layer.WEIGHTS),
                        List.of(
                                "the stack that answers is not the locked one: weights moved",
                                "weights value: locked \"tiny@1\", found \"tiny@2\" (static)")));
        assertNothingAsked(outcome);
        assertThat(outcome.result().baseline().orElseThrow().runIds()).containsExactly(ServedStack.runId(0));
    }

    @Test
    void asks_nothing_when_a_layer_of_the_floor_cannot_be_verified() {
        stack.baselined(plan, 1).opaque("tiny@1", "floor: [engine, weights]");

        RunOutcome outcome = run();

        assertThat(outcome.result().verdict())
                .isEqualTo(new Verdict.Inconclusive(List.of(
                        "these layers must be verified and could not be: weights, engine; run Lockstep where they"
                                + " can be read, or lower `floor` in stack.yaml")));
        assertNothingAsked(outcome);
    }

    @Test
    void says_that_there_is_no_baseline_before_it_asks_for_more_proof() {
        stack.lock();
        stack.opaque("tiny@1", "floor: [engine, weights]");

        assertThat(run().result().verdict().name()).isEqualTo("NO_BASELINE");
    }

    @Test
    void is_invalid_when_nothing_answers() {
        Lock lock = stack.baselined(plan, 1).lock();
        stack.server().close();

        RunOutcome outcome = run();

        assertThat(outcome.result().verdict())
                .isEqualTo(new Verdict.Invalid(List.of(stack.server().url()
                        + "/v1/models: does not answer (no connection); start the stack; if it serves elsewhere"
                        + " now, name the address: --url, in tests lockstep.url, for good endpoint.url")));
        assertNothingAsked(outcome);
        assertThat(outcome.result().lockId()).isEqualTo(lock.id().value());
        assertThat(outcome.result().checks()).isEmpty();
    }

    @Test
    void throws_on_what_the_user_must_mend() throws IOException {
        stack.baselined(plan, 1);
        Path lock = new StackFolder(folder).lock();
        Files.delete(lock);

        assertThatThrownBy(this::run)
                .isInstanceOfSatisfying(
                        LockstepException.class,
                        error -> assertThat(error.kind()).isEqualTo(ErrorKind.CONFIG))
                .hasMessage(lock + ": there is no lock; make one with `lockstep lock` while the stack is up");
    }

    @Test
    void throws_on_a_baseline_without_its_samples() throws IOException {
        stack.baselined(plan, 1);
        String digest = stack.store().manifests(stack.lock().id()).getFirst().samples();
        Path samples =
                stack.workplace().objects().resolve(digest.substring(0, 2)).resolve(digest);
        Files.delete(samples);

        assertThatThrownBy(this::run)
                .isInstanceOfSatisfying(
                        LockstepException.class,
                        error -> assertThat(error.kind()).isEqualTo(ErrorKind.BASELINE))
                .hasMessageStartingWith(
                        samples + ": the samples of a baseline run are not in this object store; copy this file from ");
        assertThat(stack.server().prompts()).isEmpty();
    }

    @Test
    void is_invalid_when_the_server_was_restarted_in_the_middle() {
        stack.visible().baselined(plan, 1).server().restart("start-2");
        String before = epoch();
        stack.server().restart("start-3");
        String after = epoch();
        stack.server().restart("start-2");
        afterTheLastAnswer(() -> stack.server().restart("start-3"));

        assertThat(run().result().verdict())
                .isEqualTo(new Verdict.Invalid(List.of("the server was restarted in the middle of the run (epoch "
                        + before + ", then " + after + "); start the same command again")));
        assertThat(before).startsWith("marker:").isNotEqualTo(after);
    }

    @Test
    void is_invalid_when_the_server_is_gone_at_the_end() {
        stack.baselined(plan, 1);
        afterTheLastAnswer(() -> stack.server().forbidLooks());

        assertThat(run().result().verdict())
                .isEqualTo(new Verdict.Invalid(List.of("the server no longer answers: "
                        + stack.server().url() + "/v1/models: refuses the credentials (HTTP 401); set"
                        + " endpoint.token_file or endpoint.token_env")));
    }

    @Test
    void leaves_the_rest_unasked_when_five_samples_in_a_row_fail() {
        stack.baselined(plan, 1).server().overload();

        RunOutcome outcome = run();

        assertThat(stack.server().prompts())
                .containsExactly("Say w-01", "Say w-02", "Say w-03", "Say w-04", "Say w-05");
        assertThat(outcome.result().counts()).isEqualTo(new RunResult.Counts(8, 0, 0, 5));
        assertThat(outcome.result().verdict().name()).isEqualTo("INVALID");
        assertThat(outcome.result().verdict().reasons())
                .startsWith(
                        "3 of 8 planned samples were never asked, first words/w-06/0; the endpoint was given up. Start the"
                                + " same command again when it is back",
                        "5 of 8 samples failed in the infrastructure: words/w-01/0 (the server answered 503: {});"
                                + " words/w-02/0 (the server answered 503: {}); words/w-03/0 (the server answered 503: {})");
    }

    private RunOutcome run() {
        return RegressionRun.execute(stack.request("tonight"), plan, stack.workplace(), sample -> {});
    }

    private void assertNothingAsked(RunOutcome outcome) {
        assertThat(stack.server().prompts()).isEmpty();
        assertThat(outcome.result().counts()).isEqualTo(new RunResult.Counts(8, 0, 0, 0));
        assertThat(outcome.result().header()).isEmpty();
        assertThat(outcome.result().runLog()).isEmpty();
        assertThat(outcome.folder().path()).isEmptyDirectory();
        assertThat(outcome.tonight()).isEmpty();
    }

    private String epoch() {
        try (LockedStack locked = LockedStack.open(stack.request("unused"), stack.workplace())) {
            return locked.epoch();
        }
    }

    private void afterTheLastAnswer(Runnable action) {
        stack.server().answer(prompt -> {
            if (prompt.equals(LAST_PROMPT)) {
                action.run();
            }
            return prompt.substring(prompt.lastIndexOf(' ') + 1);
        });
    }
}
