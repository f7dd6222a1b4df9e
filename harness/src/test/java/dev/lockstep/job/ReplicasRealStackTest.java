package dev.lockstep.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.TextNode;
import dev.lockstep.baseline.BaselineStore;
import dev.lockstep.baseline.StackFolder;
import dev.lockstep.document.LockstepException;
import dev.lockstep.gate.PolicyInForce;
import dev.lockstep.gate.Verdict;
import dev.lockstep.lock.Check;
import dev.lockstep.lock.Layer;
import dev.lockstep.lock.Lock;
import dev.lockstep.run.Plan;
import dev.lockstep.run.Sample;
import dev.lockstep.stack.DriftVariants;
import dev.lockstep.stack.LaunchOverrides;
import dev.lockstep.stack.ManagedStack;
import dev.lockstep.stack.ReplicaState;
import dev.lockstep.stack.StackConfig;
import dev.lockstep.stack.StackConfigReader;
import dev.lockstep.suite.Suite;
import dev.lockstep.testing.Cases;
import dev.lockstep.testing.HttpForwarder;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Three real servers as the replicas of one stack, of which one may render another template under the same name. */
@Tag("real")
final class ReplicasRealStackTest {
    private static final Path SCRIPTS = Path.of(System.getProperty("lockstep.scripts", "../scripts"))
            .toAbsolutePath()
            .normalize();
    private static final StackConfig SERVED =
            StackConfigReader.read(SCRIPTS.resolveSibling("baselines").resolve("tiny-qwen3-vl"));
    private static final Path HOME = Path.of(System.getProperty("lockstep.test.home", "target/lockstep-home"))
            .toAbsolutePath();
    private static final int CASES = 160;
    private static final int RUNS = 3;

    @TempDir
    Path folder;

    private final ManagedStack servers = new ManagedStack(HOME, SCRIPTS, System.getenv(), line -> {});
    private final List<String> addresses = new ArrayList<>();

    @BeforeEach
    void start() throws IOException {
        for (int replica = 0; replica < 3; replica++) {
            addresses.add(start(replica, LaunchOverrides.none()));
        }
        describe();
    }

    @AfterEach
    void stop() {
        for (int replica = 0; replica < 3; replica++) {
            servers.down(name(replica));
        }
    }

    @Test
    void equal_replicas_are_locked_recorded_and_pass_and_the_odd_one_is_named_before_any_sample() throws IOException {
        Lock lock = Locking.lock(request(), workplace());
        Plan plan = Plans.of(request().stack(), List.of(prints()));
        List<String> runs = new ArrayList<>();
        for (int run = 0; run < RUNS; run++) {
            runs.addAll(new BaselineRecording(request(), workplace()).record(() -> plan, 1, unwatched -> sample -> {}));
            restartAll();
        }
        store().approve(lock, runs, "ada", "for tests");

        RunOutcome equal = run(plan);
        List<String> equals = names();
        restart(1, weights(otherTemplate()));
        RunOutcome odd = run(plan);

        assertThat(equal.result().verdict().name())
                .as(equal.result().verdict().reasons().toString())
                .isEqualTo("PASS");
        assertThat(equal.tonight().stream()
                        .map(ScoredSample::sample)
                        .map(Sample::replica)
                        .collect(Collectors.toSet()))
                .containsExactlyInAnyOrderElementsOf(equals);
        assertThat(equal.result().header().orElseThrow().epoch().split(" \\| "))
                .hasSize(3)
                .allSatisfy(start -> assertThat(start).matches("127\\.0\\.0\\.1:\\d+=\\d+:\\d+"));
        assertThat(odd.result().verdict()).isInstanceOfSatisfying(Verdict.LockBroken.class, broken -> {
            assertThat(broken.layers()).containsExactly(Layer.TEMPLATE);
            assertThat(broken.reasons())
                    .contains("template: 2 of 3 replicas hold the locked one; " + names().get(1) + " does not");
        });
        assertThat(odd.result().counts().answered()).isZero();
        assertThat(odd.result().sight().replicas().orElseThrow().states())
                .extracting(ReplicaState::told)
                .containsExactly(
                        "the locked stack, as far as it can be seen",
                        "not the locked stack: template",
                        "the locked stack, as far as it can be seen");
    }

    @Test
    void the_odd_one_keeps_the_others_from_being_locked() throws IOException {
        restart(2, weights(otherTemplate()));

        assertThatThrownBy(() -> Locking.lock(request(), workplace()))
                .isInstanceOf(LockstepException.class)
                .hasMessageMatching("(?s)the 3 replicas are not one stack, so nothing was written:\n  "
                        + names().get(0) + ", " + names().get(1) + ": lk1-\\p{XDigit}+\n  " + names().get(2)
                        + ": lk1-\\p{XDigit}+, which differs in template .*");
    }

    @Test
    void one_with_other_weights_under_the_same_template_keeps_them_from_being_locked_too() throws IOException {
        DriftVariants variants = new DriftVariants(HOME, SCRIPTS, System.getenv(), line -> {});
        restart(2, weights(variants.rounded(SERVED.files().weights().orElseThrow())));

        assertThatThrownBy(() -> Locking.lock(request(), workplace()))
                .isInstanceOf(LockstepException.class)
                .hasMessageStartingWith("""
                        not every replica serves what stack.yaml names, so nothing was written:
                          weights: 2 of 3 replicas hold the locked one; %s does not
                          weights model.tensors: locked sha256:""".formatted(names().get(2)));
    }

    @Test
    void one_that_is_gone_is_named_and_the_others_are_verified() throws IOException {
        Locking.lock(request(), workplace());
        servers.down(name(0));

        try (LockedStack stack = LockedStack.open(request(), workplace())) {
            assertThat(stack.verification().broken()).isEmpty();
            assertThat(stack.replicas().silences())
                    .singleElement()
                    .asString()
                    .startsWith("replica " + names().getFirst() + ": " + addresses.getFirst()
                            + "/v1/models: does not answer");
            assertThat(stack.replicas().states().subList(1, 3))
                    .extracting(ReplicaState::told)
                    .containsOnly("the locked stack, as far as it can be seen");
        }
    }

    @Test
    void a_router_before_equal_replicas_is_verified_as_whichever_answers() throws IOException {
        try (HttpForwarder router =
                HttpForwarder.inTurn(addresses.stream().map(URI::create).toList())) {
            describe("url: \"" + router.url() + "\", router: true");
            Locking.lock(request(), workplace());

            try (LockedStack stack = LockedStack.open(request(), workplace())) {
                assertThat(stack.verification().checks())
                        .filteredOn(check -> check.step() == Check.Step.RENDER)
                        .hasSizeGreaterThan(20)
                        .allMatch(check -> check.outcome() == Check.Outcome.MATCH);
                assertThat(stack.verification().broken()).isEmpty();
                assertThat(stack.epoch()).isEqualTo("unknown");
                assertThat(stack.replicas().notes())
                        .singleElement()
                        .asString()
                        .startsWith("replica unknown: " + router.url() + " is a router");
            }
        }
    }

    private static Suite prints() {
        return Cases.prints(CASES);
    }

    private static String name(int replica) {
        return "replica-" + replica;
    }

    private List<String> names() {
        return addresses.stream()
                .map(address -> URI.create(address).getRawAuthority())
                .toList();
    }

    private String start(int replica, LaunchOverrides change) {
        return servers.up(SERVED, change.withName(name(replica))).url().toString();
    }

    private void restart(int replica, LaunchOverrides change) throws IOException {
        servers.down(name(replica));
        addresses.set(replica, start(replica, change));
        describe();
    }

    private void restartAll() throws IOException {
        for (int replica = 0; replica < 3; replica++) {
            restart(replica, LaunchOverrides.none());
        }
    }

    private static LaunchOverrides weights(Path file) {
        return LaunchOverrides.none().with("model.path", TextNode.valueOf(file.toString()));
    }

    private static Path otherTemplate() {
        DriftVariants variants = new DriftVariants(HOME, SCRIPTS, System.getenv(), line -> {});
        return variants.otherTemplate(SERVED.files().weights().orElseThrow());
    }

    private void describe() throws IOException {
        describe("replicas: [\"" + String.join("\", \"", addresses) + "\"]");
    }

    private void describe(String endpoint) throws IOException {
        Files.writeString(folder.resolve("stack.yaml"), """
                schema: stack/1
                name: replicated
                engine: llama.cpp
                model: tiny-qwen3-vl
                endpoint: {%s}
                request: {cache_prompt: false}
                files: {weights: %s, projector: %s}
                """.formatted(
                        endpoint,
                        SERVED.files().weights().orElseThrow(),
                        SERVED.files().projector().orElseThrow()));
    }

    private RunOutcome run(Plan plan) {
        return RegressionRun.execute(request(), plan, workplace(), sample -> {});
    }

    private RunRequest request() {
        return new RunRequest(
                StackConfigReader.read(folder),
                new StackFolder(folder),
                PolicyInForce.shipped(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    private Workplace workplace() {
        return new Workplace(folder.resolve("home"), SCRIPTS, System.getenv(), Clock.systemUTC(), line -> {});
    }

    private BaselineStore store() {
        return workplace().baselines(new StackFolder(folder));
    }
}
