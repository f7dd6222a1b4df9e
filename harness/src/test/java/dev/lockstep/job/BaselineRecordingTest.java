package dev.lockstep.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.document.ErrorKind;
import dev.lockstep.document.LockstepException;
import dev.lockstep.lock.Lock;
import dev.lockstep.run.Plan;
import dev.lockstep.run.PlannedSample;
import dev.lockstep.run.Sample;
import dev.lockstep.run.SampleKey;
import dev.lockstep.testing.Cases;
import dev.lockstep.testing.ChatDouble;
import dev.lockstep.testing.ServedStack;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class BaselineRecordingTest {
    @TempDir
    Path folder;

    private final List<List<SampleKey>> told = new ArrayList<>();

    private ServedStack stack;
    private Plan plan;
    private Lock lock;

    @BeforeEach
    void serve() {
        stack = new ServedStack(folder);
        plan = stack.plan(Cases.prints(4), Cases.words(4));
        lock = stack.lock();
    }

    @AfterEach
    void stop() {
        stack.close();
    }

    @Test
    void keeps_a_whole_run_with_its_scores() {
        assertThat(record("start-1")).containsExactly(ServedStack.runId(0));

        assertThat(stack.store().recorded(lock.id())).containsExactly(ServedStack.runId(0));
        var manifest = stack.store().manifests(lock.id()).getFirst();
        assertThat(manifest.header().epoch()).isEqualTo("start-1");
        assertThat(manifest.header().caseHashes()).isEqualTo(plan.caseHashes());
        assertThat(manifest.scores().scores()).hasSize(8);
        assertThat(stack.server().prompts()).hasSize(8).doesNotHaveDuplicates();
        assertThat(stack.said()).containsExactly("recording run 1 of 1: " + ServedStack.runId(0));
    }

    @Test
    void tells_each_sample_of_each_run_as_it_ends() {
        record("start-1");
        record("start-2");

        List<SampleKey> planned =
                plan.samples().stream().map(PlannedSample::key).toList();
        assertThat(told).hasSize(2).allSatisfy(keys -> assertThat(keys).containsExactlyInAnyOrderElementsOf(planned));
    }

    @Test
    void records_one_run_of_each_start() {
        record("start-1");

        assertThat(record("start-2")).containsExactly(ServedStack.runId(1));

        assertThat(stack.store().manifests(lock.id()))
                .extracting(manifest -> manifest.header().epoch())
                .containsExactly("start-1", "start-2");
    }

    @Test
    void refuses_several_runs_of_a_stack_that_it_never_restarts() {
        assertRefused(Optional.of("start-1"), 2, ErrorKind.CONFIG)
                .hasMessage("Lockstep did not start this stack and never restarts it, so it can record one run for each"
                        + " start, not 2; use --runs 1, restart the server, and record again");
    }

    @Test
    void refuses_a_start_that_nobody_can_name() {
        assertRefused(Optional.empty(), 1, ErrorKind.CONFIG)
                .hasMessage(
                        "nothing tells one start of this server from the next, and noise is shared inside a start; name"
                                + " this start with --epoch, restart the server, and record again under another name");
    }

    @Test
    void refuses_a_start_that_is_recorded_already() {
        record("start-1");
        stack.server().forget();

        assertRefused(Optional.of("start-1"), 1, ErrorKind.BASELINE)
                .hasMessage(
                        "a run of this server start (epoch start-1) is recorded already; noise is shared inside a start,"
                                + " so restart the server and record again");
    }

    @Test
    void refuses_a_stack_that_is_not_the_locked_one() {
        stack.opaque("tiny@2");

        assertRefused(Optional.of("start-1"), 1, ErrorKind.BASELINE)
                .hasMessage(
                        "the stack that answers is not the locked one: weights moved; make a new lock with `lockstep"
                                + " lock` when this is what you want");
    }

    @Test
    void refuses_a_stack_of_which_a_layer_of_the_floor_cannot_be_verified() {
        stack.opaque("tiny@1", "floor: [engine, weights]");

        assertRefused(Optional.of("start-1"), 1, ErrorKind.CONFIG)
                .hasMessage(
                        folder.resolve("stack.yaml") + ": these layers must be verified before a run is recorded, and"
                                + " could not be: weights, engine; record where Lockstep can read them, or lower its `floor`");
    }

    @Test
    void records_nothing_of_a_run_that_is_not_complete() {
        stack.server()
                .reply(prompt ->
                        prompt.equals("Print p-01") ? ChatDouble.Reply.saying("p-01") : ChatDouble.Reply.overloaded());

        assertThatThrownBy(() -> record("start-1"))
                .isInstanceOf(LockstepException.class)
                .hasMessage(
                        "run " + ServedStack.runId(0) + " is not complete: 6 of 8 samples asked, 5 failed; nothing was"
                                + " recorded. See to the server and record again");

        assertNothingRecorded();
    }

    @Test
    void records_nothing_of_a_stack_that_only_refuses() {
        stack.server().reply(prompt -> ChatDouble.Reply.refused());

        assertThatThrownBy(() -> record("start-1"))
                .isInstanceOf(LockstepException.class)
                .hasMessage("run " + ServedStack.runId(0)
                        + " ends in an outage: 5 refusals or more, or nothing else, and what"
                        + " was asked again did not end as before; nothing was recorded. See to the server and record"
                        + " again");

        assertNothingRecorded();
    }

    @Test
    void asks_everything_anew_after_an_outage_of_the_same_start() {
        stack.server().reply(prompt -> ChatDouble.Reply.refused());
        assertThatThrownBy(() -> record("start-1")).isInstanceOf(LockstepException.class);
        stack.server().answer(ChatDouble::lastWord);
        stack.server().forget();

        assertThat(record("start-1")).containsExactly(ServedStack.runId(1));
        assertThat(stack.server().prompts()).hasSize(8).doesNotHaveDuplicates();
    }

    @Test
    void records_what_a_stack_cannot_do_when_it_is_asked_last() {
        plan = stack.plan(Cases.prints(2), Cases.words(6));
        stack.server()
                .reply(prompt -> prompt.startsWith("Say")
                        ? ChatDouble.Reply.refused()
                        : ChatDouble.Reply.saying(ChatDouble.lastWord(prompt)));

        assertThat(record("start-1")).containsExactly(ServedStack.runId(0));
        assertThat(stack.server().prompts())
                .hasSize(2 + 18 + 1 + 3)
                .endsWith("Print p-02", "Say w-06", "Say w-06", "Say w-06");
    }

    @Test
    void records_nothing_when_a_single_sample_failed() {
        stack.server()
                .reply(prompt -> prompt.equals("Say w-04")
                        ? ChatDouble.Reply.overloaded()
                        : ChatDouble.Reply.saying(ChatDouble.lastWord(prompt)));

        assertThatThrownBy(() -> record("start-1"))
                .isInstanceOf(LockstepException.class)
                .hasMessage(
                        "run " + ServedStack.runId(0) + " is not complete: 8 of 8 samples asked, 1 failed; nothing was"
                                + " recorded. See to the server and record again");

        assertNothingRecorded();
    }

    @Test
    void records_nothing_of_a_run_whose_server_was_restarted() {
        lock = stack.visible().lock();
        stack.server().answer(prompt -> {
            stack.server().restart("start-2");
            return "same";
        });

        assertThatThrownBy(() -> record("unused"))
                .isInstanceOf(LockstepException.class)
                .hasMessageMatching("the server was restarted in the middle of run " + ServedStack.runId(0)
                        + " \\(epoch marker:\\p{XDigit}{16}, then marker:\\p{XDigit}{16}\\); nothing was recorded\\."
                        + " Record again");

        assertNothingRecorded();
    }

    @Test
    void does_not_go_on_with_a_run_that_was_recorded() {
        record("start-1");
        stack.store().approve(lock, List.of(ServedStack.runId(0)), "ada", "for tests");
        stack.server().forget();

        RunOutcome outcome = RegressionRun.execute(stack.request("start-1"), plan, stack.workplace(), sample -> {});

        assertThat(outcome.folder().runId()).isEqualTo(ServedStack.runId(1));
        assertThat(stack.server().prompts()).hasSize(8);
    }

    private List<String> record(String epoch) {
        return record(Optional.of(epoch), 1);
    }

    private List<String> record(Optional<String> epoch, int runs) {
        return new BaselineRecording(stack.request(epoch), stack.workplace())
                .record(() -> plan, runs, next -> tellingInto(told));
    }

    /** Keeps the samples of each run apart. */
    private static Consumer<Sample> tellingInto(List<List<SampleKey>> told) {
        List<SampleKey> keys = new CopyOnWriteArrayList<>();
        told.add(keys);
        return sample -> keys.add(sample.key());
    }

    private AbstractThrowableAssert<?, ?> assertRefused(Optional<String> epoch, int runs, ErrorKind kind) {
        List<String> before = stack.store().recorded(lock.id());
        var failure = assertThatThrownBy(() -> record(epoch, runs))
                .isInstanceOfSatisfying(
                        LockstepException.class,
                        error -> assertThat(error.kind()).isEqualTo(kind));
        assertThat(stack.server().prompts()).isEmpty();
        assertThat(stack.store().recorded(lock.id())).isEqualTo(before);
        return failure;
    }

    private void assertNothingRecorded() {
        assertThat(stack.store().recorded(lock.id())).isEmpty();
        assertThat(stack.run(0).resolve("recorded")).doesNotExist();
    }
}
