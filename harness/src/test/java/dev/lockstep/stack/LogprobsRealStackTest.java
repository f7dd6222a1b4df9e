package dev.lockstep.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.lockstep.gate.Attribution;
import dev.lockstep.lock.Check;
import dev.lockstep.lock.Layer;
import dev.lockstep.lock.Lock;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the log-probabilities of a real server say of its weights and engine. */
@Tag("real")
final class LogprobsRealStackTest {
    private static final EmbeddedStack EMBEDDED = new EmbeddedStack();

    @TempDir
    static Path folder;

    private static StackConfig config;
    private static LiveEndpoint locked;
    private static Lock lock;
    private static Recorded recorded;

    @BeforeAll
    static void start() throws IOException {
        config = EMBEDDED.config(folder.resolve("exact"), "logprobs-real");
        locked = EMBEDDED.up(config, LaunchOverrides.none());
        lock = EMBEDDED.lock(config, locked);
        recorded = recorded(config, locked);
    }

    @AfterAll
    static void stop() {
        EMBEDDED.close();
    }

    @Test
    void another_start_of_the_same_stack_computes_the_same_bits() {
        LiveEndpoint again = EMBEDDED.up(config, LaunchOverrides.none().withName("logprobs-real-again"));

        assertThat(computed(verify(again)))
                .extracting(Check::layer, Check::outcome, Check::actual)
                .containsExactly(
                        tuple(Layer.WEIGHTS, Check.Outcome.MATCH, "equal"),
                        tuple(Layer.ENGINE, Check.Outcome.MATCH, "equal"));
    }

    @Test
    void other_weights_that_nobody_can_see_are_doubted() throws IOException {
        LiveEndpoint edited = unseen(start("rounded", "model.path", rounded()));

        Verification verification = verify(edited);

        assertThat(computed(verification))
                .extracting(Check::layer, Check::outcome, Check::policy)
                .containsExactly(
                        tuple(Layer.WEIGHTS, Check.Outcome.MISMATCH, Check.Policy.WARN),
                        tuple(Layer.ENGINE, Check.Outcome.MISMATCH, Check.Policy.WARN));
        assertThat(verification.broken()).isEmpty();
        assertThat(verification.doubts()).hasSize(2);
        assertThat(new Standings(lock, verification).of(Layer.WEIGHTS).key()).isEqualTo("declared");
        // The files on this disk are the locked ones; the server that answers does not serve them, and nobody sees
        // that.
        assertThat(Attribution.of(verification.checks()).orElseThrow().sentence())
                .contains(
                        "(tokens or log-probabilities differ; rendered text, token ids, media tokens, effective sampling,"
                                + " JSON schema equal");
    }

    @Test
    void the_locked_weights_that_nobody_can_see_are_consistent_and_not_proven() {
        Verification verification = verify(unseen(locked));

        assertThat(computed(verification)).allMatch(check -> check.outcome() == Check.Outcome.MATCH);
        assertThat(new Standings(lock, verification).of(Layer.WEIGHTS).key()).isEqualTo("observed");
        assertThat(new Standings(lock, verification).of(Layer.TEMPLATE).key()).isEqualTo("observed");
        assertThat(verification.belowFloor()).contains(Layer.WEIGHTS, Layer.TEMPLATE, Layer.TOKENIZER);
    }

    @Test
    void another_arithmetic_of_the_locked_files_points_away_from_the_weights() {
        Verification verification = verify(start("cache", "cache_type_k", IntNode.valueOf(8)));

        assertThat(verification.broken()).containsExactly(Layer.LAUNCH);
        assertThat(computed(verification))
                .extracting(Check::layer, Check::outcome)
                .containsExactly(tuple(Layer.LAUNCH, Check.Outcome.MISMATCH));
        assertThat(Attribution.of(verification.checks()).orElseThrow().layers()).containsExactly(Layer.LAUNCH);
    }

    @Test
    void a_stack_that_computes_several_answers_at_once_is_held_to_its_noise() throws Exception {
        StackConfig noisy = EMBEDDED.config(folder.resolve("noisy"), "logprobs-noisy");
        LaunchOverrides slots =
                LaunchOverrides.none().with("n_parallel", IntNode.valueOf(4)).with("n_ctx", IntNode.valueOf(16384));
        LiveEndpoint then = EMBEDDED.up(noisy, slots);
        Lock noisyLock = EMBEDDED.lock(noisy, then);
        Recorded before = recorded(noisy, then);
        EMBEDDED.stacks().down("logprobs-noisy");
        LiveEndpoint now = EMBEDDED.up(noisy, slots);

        assertThat(BatchInvariance.isLocked(noisyLock)).isFalse();
        for (List<Check> checks : atOnce(4, () -> computed(check(noisyLock, noisy, now, before)))) {
            assertThat(checks).isNotEmpty().allMatch(check -> check.outcome() == Check.Outcome.MATCH);
        }
    }

    private static List<List<Check>> atOnce(int times, Callable<List<Check>> look) throws Exception {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<List<Check>>> looks = new ArrayList<>();
            for (int time = 0; time < times; time++) {
                looks.add(threads.submit(look));
            }
            List<List<Check>> all = new ArrayList<>();
            for (Future<List<Check>> each : looks) {
                all.add(each.get());
            }
            return all;
        }
    }

    private static TextNode rounded() throws IOException {
        return TextNode.valueOf(new DriftVariants(
                        EMBEDDED.home(), Path.of(System.getProperty("lockstep.scripts")), System.getenv(), line -> {})
                .rounded(EMBEDDED.weights())
                .toString());
    }

    private static LiveEndpoint start(String name, String param, JsonNode value) {
        return EMBEDDED.up(
                config, LaunchOverrides.none().withName("logprobs-real-" + name).with(param, value));
    }

    /** The same server, behind an address of which nobody knows the process. */
    private static LiveEndpoint unseen(LiveEndpoint server) {
        return new LiveEndpoint(
                server.url(),
                server.client(),
                server.operatorEpoch(),
                server.clock(),
                LiveEndpoint.Kind.ROUTER,
                Optional.empty());
    }

    private static Recorded recorded(StackConfig stack, LiveEndpoint endpoint) {
        return new Recorded(Optional.of(Probes.take(stack, endpoint)), Optional.of(Logprobs.take(stack, endpoint)));
    }

    private static Verification verify(LiveEndpoint endpoint) {
        return check(lock, config, endpoint, recorded);
    }

    private static Verification check(Lock then, StackConfig stack, LiveEndpoint endpoint, Recorded before) {
        return Verifier.verify(ResolvedStack.Kept.in(folder, then), stack, endpoint, before);
    }

    private static List<Check> computed(Verification verification) {
        return verification.checks().stream()
                .filter(check -> check.step() == Check.Step.LOGPROBS)
                .toList();
    }
}
