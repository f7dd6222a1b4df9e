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
import dev.lockstep.run.RunLog;
import dev.lockstep.run.Sample;
import dev.lockstep.run.SampleKey;
import dev.lockstep.stack.ReplicaState;
import dev.lockstep.testing.Cases;
import dev.lockstep.testing.ServedReplicas;
import dev.lockstep.testing.ServedStack;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs over three replicas: each is verified, each case has its own, and what one of them does is told of it by name. */
final class ReplicaRunTest {
    private static final int RUNS = 4;

    @TempDir
    static Path recorded;

    @TempDir
    Path folder;

    private ServedStack stack;
    private ServedReplicas replicas;
    private Plan plan;

    @BeforeAll
    static void recordOnce() {
        ReplicaRunTest then = new ReplicaRunTest();
        then.folder = recorded;
        then.serve();
        try {
            then.recordAndApprove();
        } finally {
            then.stop();
        }
    }

    @BeforeEach
    void serve() {
        stack = new ServedStack(folder);
        stack.visible();
        replicas = new ServedReplicas(3);
        describe(replicas.listed());
        plan = stack.plan(Cases.prints(120), Cases.words(100));
    }

    @AfterEach
    void stop() {
        replicas.close();
        stack.close();
    }

    @Test
    void passes_and_asks_each_case_of_the_same_replica_each_time() {
        baselined();

        RunOutcome outcome = run();

        assertThat(outcome.result().verdict().name())
                .as(outcome.result().verdict().reasons().toString())
                .isEqualTo("PASS");
        assertThat(replicas(outcome.tonight()))
                .isEqualTo(replicas(outcome.baseline()))
                .hasSize(220);
        assertThat(outcome.result().sight().answered())
                .containsOnlyKeys(ServedReplicas.name(0), ServedReplicas.name(1), ServedReplicas.name(2));
        RunLog log = RunLog.read(outcome.folder().log());
        assertThat(log.header().epoch())
                .matches("192\\.0\\.2\\.1:8000=marker:\\p{XDigit}{16} \\| 192\\.0\\.2\\.2:8000=marker:\\p{XDigit}{16}"
                        + " \\| 192\\.0\\.2\\.3:8000=marker:\\p{XDigit}{16}");
        assertThat(log.samples().values())
                .allSatisfy(sample ->
                        assertThat(sample.epoch()).isEqualTo(log.header().epoch()));
        for (int server = 0; server < 3; server++) {
            assertThat(replicas.server(server).prompts()).containsExactlyInAnyOrderElementsOf(prompts(log, server));
        }
    }

    @Test
    void names_the_replica_that_renders_another_prompt_before_any_sample() {
        baselined();
        replicas.server(1).render("Hi");

        RunOutcome outcome = run();

        Verdict verdict = outcome.result().verdict();
        assertThat(verdict.name()).isEqualTo("LOCK_BROKEN");
        assertThat(verdict.layers()).containsExactly(Layer.TEMPLATE);
        assertThat(verdict.reasons())
                .startsWith(
                        "the stack that answers is not the locked one: template moved",
                        "template: 2 of 3 replicas render the locked one; 192.0.2.2:8000 does not");
        assertThat(verdict.reasons().getLast()).contains("(render at 192.0.2.2:8000)");
        assertThat(prompts().values()).containsOnly(0);
        assertThat(outcome.result().sight().replicas().orElseThrow().states())
                .extracting(ReplicaState::told)
                .containsExactly(
                        "the locked stack, as far as it can be seen",
                        "not the locked stack: template",
                        "the locked stack, as far as it can be seen");
    }

    @Test
    void tells_several_locks_behind_one_endpoint_apart() {
        baselined();
        replicas.server(0).render("Hi");
        replicas.server(2).render("Ho");

        assertThat(run().result().verdict().reasons())
                .anySatisfy(
                        reason -> assertThat(reason)
                                .isEqualTo(
                                        "template: 1 of 3 replicas render the locked one; 192.0.2.1:8000, 192.0.2.3:8000 do not"))
                .anySatisfy(reason -> assertThat(reason).contains("(render at 192.0.2.1:8000)"))
                .anySatisfy(reason -> assertThat(reason).contains("(render at 192.0.2.3:8000)"));
    }

    @Test
    void is_invalid_and_asks_nothing_when_one_does_not_answer() {
        baselined();
        replicas.server(2).close();

        RunOutcome outcome = run();

        assertThat(outcome.result().verdict().name()).isEqualTo("INVALID");
        assertThat(outcome.result().verdict().reasons())
                .singleElement()
                .asString()
                .startsWith("replica 192.0.2.3:8000: http://192.0.2.3:8000/v1/models: does not answer");
        assertThat(outcome.result().checks()).isNotEmpty();
        assertThat(prompts().values()).containsOnly(0);
    }

    @Test
    void is_invalid_when_one_was_restarted_in_the_middle() {
        baselined();
        onceAsked(1, () -> replicas.server(2).restart("again"));

        assertThat(run().result().verdict())
                .isInstanceOfSatisfying(
                        Verdict.Invalid.class,
                        invalid -> assertThat(invalid.reasons())
                                .singleElement()
                                .asString()
                                .matches(
                                        "replica 192\\.0\\.2\\.3:8000 was restarted in the middle of the run \\(epoch"
                                                + " marker:\\p{XDigit}{16}, then marker:\\p{XDigit}{16}\\); start the same command again"));
    }

    @Test
    void finds_the_lock_broken_at_the_end_when_one_exchanged_its_template_in_the_middle() {
        baselined();
        onceAsked(1, () -> replicas.server(2).render("Hi"));

        RunOutcome outcome = run();

        assertThat(outcome.result().verdict().name()).isEqualTo("LOCK_BROKEN");
        assertThat(outcome.result().verdict().reasons())
                .startsWith(
                        "the stack was the locked one when the run began, and was not at its end: template moved",
                        "template: 2 of 3 replicas render the locked one; 192.0.2.3:8000 does not");
        assertThat(outcome.result().counts().answered()).isEqualTo(220);
    }

    @Test
    void asks_another_replica_whether_it_shows_a_change_too() {
        baselined();
        replicas.server(1).answer(prompt -> "other");

        RunOutcome outcome = run();

        assertThat(outcome.result().verdict())
                .isInstanceOfSatisfying(
                        Verdict.Drift.class, drift -> assertThat(drift.scope()).isEqualTo(Verdict.Scope.REPLICA));
        assertThat(outcome.result().diagnosis().notes())
                .anySatisfy(note -> assertThat(note)
                        .matches("of the samples shown that differ, these replicas answered so many:"
                                + " 192\\.0\\.2\\.2:8000 \\(\\d+\\)"));
    }

    @Test
    void calls_a_change_that_every_replica_shows_one_of_the_stack() {
        baselined();
        replicas.servers().forEach(server -> server.answer(prompt -> "other"));

        assertThat(run().result().verdict())
                .isInstanceOfSatisfying(
                        Verdict.Drift.class, drift -> assertThat(drift.scope()).isEqualTo(Verdict.Scope.STACK));
    }

    @Test
    void says_that_the_replica_is_unknown_behind_a_router() {
        describe("url: \"" + ServedReplicas.ROUTER + "\", router: true");
        baselined();

        RunOutcome outcome = run();

        assertThat(outcome.result().verdict().name()).isEqualTo("PASS");
        assertThat(outcome.result().diagnosis().notes())
                .contains(
                        "replica unknown: http://192.0.2.99:8000 is a router, and nobody lists the servers behind it, so"
                                + " whichever answered was looked at; list them in endpoint.replicas to have each verified");
        assertThat(prompts().values()).doesNotContain(0);
    }

    @Test
    void asks_through_the_router_and_verifies_each_where_both_are_known() {
        describe("url: \"" + ServedReplicas.ROUTER + "\", " + replicas.listed());
        baselined();
        replicas.server(0).render("Hi");

        RunOutcome outcome = run();

        assertThat(outcome.result().verdict().reasons())
                .contains("template: 2 of 3 replicas render the locked one; 192.0.2.1:8000 does not");
        replicas.server(0).render("Hello");
        assertThat(run().result().diagnosis().notes())
                .contains(
                        "the samples do not tell which replica answered them; let the router set the header x-replica");
    }

    @Test
    void locks_nothing_when_the_replicas_are_not_one_stack() {
        replicas.server(1).render("Hi");

        assertThatThrownBy(stack::lock)
                .isInstanceOfSatisfying(
                        LockstepException.class,
                        error -> assertThat(error.kind()).isEqualTo(ErrorKind.LOCK))
                .hasMessageMatching("""
                        the 3 replicas are not one stack, so nothing was written:
                          192\\.0\\.2\\.1:8000, 192\\.0\\.2\\.3:8000: (lk1-\\p{XDigit}+)
                          192\\.0\\.2\\.2:8000: \\1, which differs in what it renders or samples \\(.*\\)
                        Make them equal, or lock one of them alone: --url ADDRESS""");
        assertThat(new StackFolder(folder).lock()).doesNotExist();
    }

    @Test
    void locks_nothing_when_one_does_not_answer() {
        replicas.server(1).close();

        assertThatThrownBy(stack::lock)
                .isInstanceOfSatisfying(
                        LockstepException.class,
                        error -> assertThat(error.kind()).isEqualTo(ErrorKind.ENDPOINT))
                .hasMessageStartingWith("replica 192.0.2.2:8000: http://192.0.2.2:8000/v1/models: does not answer");
    }

    @Test
    void records_no_run_while_a_replica_of_an_earlier_one_was_not_restarted() {
        stack.lock();
        record();
        replicas.server(0).restart("second-0");
        replicas.server(1).restart("second-1");

        assertThatThrownBy(this::record)
                .isInstanceOf(LockstepException.class)
                .hasMessageEndingWith(
                        "is recorded already; noise is shared inside a start, so restart the server and record again");
    }

    @Test
    void takes_an_address_of_the_command_line_in_place_of_all_replicas() {
        baselined();
        RunRequest all = stack.request(Optional.empty());
        RunRequest one = new RunRequest(
                all.stack(),
                all.folder(),
                all.policy(),
                all.runningName(),
                Optional.of(URI.create(ServedReplicas.url(1))),
                all.epoch());

        try (LockedStack locked = LockedStack.open(one, stack.workplace())) {
            assertThat(locked.replicas().isListed()).isFalse();
            assertThat(locked.replicas().names()).containsExactly(ServedReplicas.url(1));
        }
    }

    private void describe(String endpoint) {
        stack.describe("""
                engine: llama.cpp
                %s
                files: {weights: empty.gguf}
                floor: []
                """.formatted(replicas.endpoint(endpoint)));
    }

    /** Takes over what was recorded of such servers; they were restarted since. */
    private void baselined() {
        stack.baselinedLike(recorded);
        restart("tonight");
    }

    private void restart(String start) {
        for (int server = 0; server < 3; server++) {
            replicas.server(server).restart(start + "-" + server);
        }
    }

    /** Locks the stack, records runs of starts of their own, and approves them. */
    private void recordAndApprove() {
        Lock lock = stack.lock();
        List<String> runs = new ArrayList<>();
        for (int run = 1; run <= RUNS; run++) {
            restart("start-" + run);
            runs.addAll(record());
        }
        stack.store().approve(lock, runs, "ada", "for tests");
    }

    private List<String> record() {
        return new BaselineRecording(stack.request(Optional.empty()), stack.workplace())
                .record(() -> plan, 1, unwatched -> sample -> {});
    }

    private RunOutcome run() {
        return RegressionRun.execute(stack.request(Optional.of("tonight")), plan, stack.workplace(), sample -> {});
    }

    private Map<String, Integer> prompts() {
        return IntStream.range(0, 3)
                .boxed()
                .collect(Collectors.toMap(
                        ServedReplicas::name,
                        server -> replicas.server(server).prompts().size()));
    }

    private static List<String> prompts(RunLog log, int server) {
        return log.samples().values().stream()
                .filter(sample -> sample.replica().equals(ServedReplicas.name(server)))
                .map(ReplicaRunTest::prompt)
                .toList();
    }

    private static Map<SampleKey, String> replicas(List<ScoredSample> samples) {
        return samples.stream().map(ScoredSample::sample).collect(Collectors.toMap(Sample::key, Sample::replica));
    }

    private static String prompt(Sample sample) {
        return sample.request().path("messages").path(0).path("content").asText();
    }

    private void onceAsked(int server, Runnable action) {
        replicas.server(server).before("/v1/chat/completions", action);
    }
}
