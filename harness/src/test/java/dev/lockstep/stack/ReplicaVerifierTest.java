package dev.lockstep.stack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.lock.Check;
import dev.lockstep.lock.Layer;
import dev.lockstep.lock.Lock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is known from elsewhere of one server counts for that server alone. */
final class ReplicaVerifierTest {
    private static final Check MOVED = new Check(
            Layer.WEIGHTS,
            Check.Step.DISK,
            "model.tensors",
            Check.Outcome.MISMATCH,
            Check.Policy.PIN,
            "7d0a",
            "41ee",
            "its host says so");

    @TempDir
    Path folder;

    @Test
    void tells_which_server_it_is_about() throws IOException {
        try (ServerDouble first = ServerDouble.vllm();
                ServerDouble second = ServerDouble.vllm()) {
            ReplicaVerification found = verify(first, second);

            assertThat(found.whole().refused()).containsExactly("replica b: e.json: is stale");
            assertThat(found.whole().taken()).containsExactly("replica b: f.json: taken");
            assertThat(found.whole().checks())
                    .filteredOn(check -> check.step() == Check.Step.DISK)
                    .containsExactly(MOVED.at("b"));
            assertThat(found.whole().checks())
                    .filteredOn(check -> check.step() == Check.Step.STATIC)
                    .isNotEmpty()
                    .allMatch(check -> check.where().isEmpty());
            assertThat(found.replicas().states())
                    .extracting(ReplicaState::broken)
                    .containsExactly(new TreeMap<>(), new TreeMap<>(Map.of(Layer.WEIGHTS, Check.Step.DISK)));
            assertThat(found.replicas().difference(Layer.WEIGHTS))
                    .containsExactly("weights: 1 of 2 replicas hold the locked one; b does not");
        }
    }

    private ReplicaVerification verify(ServerDouble first, ServerDouble second) throws IOException {
        StackConfig config = StackConfigReader.read(
                Files.writeString(folder.resolve("stack.yaml"), """
                schema: stack/1
                name: tiny
                engine: vllm
                model: tiny
                endpoint: {replicas: ["%s", "%s"]}
                """.formatted(first.url(), second.url())));
        Lock lock = new LockMaker(folder, "").lock(config, Optional.of(first.endpoint()));
        Completion completion = (seen, endpoint) -> endpoint.url().equals(second.url()) ? refusing(seen) : seen;
        return new ReplicaVerifier(ResolvedStack.Kept.in(folder, lock), config, Recorded.nothing(), completion)
                .verify(
                        ReplicaSet.Known.LISTED,
                        List.of(new LiveReplica("a", first.endpoint()), new LiveReplica("b", second.endpoint())));
    }

    private static Verification refusing(Verification seen) {
        List<Check> checks = new ArrayList<>(seen.checks());
        checks.add(MOVED);
        return new Verification(checks, seen.floor(), List.of("e.json: is stale"), List.of("f.json: taken"));
    }
}
