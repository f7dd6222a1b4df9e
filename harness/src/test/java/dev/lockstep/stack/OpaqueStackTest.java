package dev.lockstep.stack;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.TextNode;
import dev.lockstep.lock.Check;
import dev.lockstep.lock.Layer;
import dev.lockstep.lock.Lock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class OpaqueStackTest {
    @TempDir
    Path folder;

    @Test
    void is_locked_by_the_operators_word_and_verified_without_a_floor() throws IOException {
        try (ServerDouble generic = ServerDouble.generic()) {
            StackConfig config = config("qwen3-vl@abc");
            Lock lock = lock(config, generic.endpoint());

            assertThat(lock.layer(Layer.WEIGHTS).declared())
                    .isEqualTo(Map.of("value", TextNode.valueOf("qwen3-vl@abc")));
            assertThat(lock.layer(Layer.PROVENANCE).observed()).isEqualTo(Map.of("model", TextNode.valueOf("tiny")));
            assertThat(lock.layer(Layer.ENGINE).unknown()).containsExactly("value");
            assertThat(lock.layers().values()).allMatch(layer -> layer.pinned().isEmpty());

            Verification verification = Verifier.verify(lock, config, generic.endpoint(), Optional.empty());
            assertThat(verification.broken()).isEmpty();
            assertThat(verification.belowFloor()).isEmpty();
            assertThat(verification.checks())
                    .filteredOn(check -> check.step() == Check.Step.RENDER)
                    .allMatch(check -> check.outcome() == Check.Outcome.NOT_CHECKED);
        }
    }

    @Test
    void breaks_the_lock_when_the_operators_word_changes() throws IOException {
        try (ServerDouble generic = ServerDouble.generic()) {
            Lock lock = lock(config("qwen3-vl@abc"), generic.endpoint());

            Verification verification =
                    Verifier.verify(lock, config("qwen3-vl@def"), generic.endpoint(), Optional.empty());

            assertThat(verification.broken()).containsExactly(Layer.WEIGHTS);
        }
    }

    @Test
    void has_the_epoch_that_the_operator_names() throws IOException {
        StackConfig config = config("any");
        try (ServerDouble generic = ServerDouble.generic()) {
            LiveEndpoint plain = generic.endpoint();
            LiveEndpoint named = new LiveEndpoint(plain.url(), plain.client(), Optional.of("rollout-7"), plain.clock());

            assertThat(Epochs.current(config, plain)).isEqualTo("unknown");
            assertThat(Epochs.current(config, named)).isEqualTo("rollout-7");
        }
    }

    private Lock lock(StackConfig config, LiveEndpoint endpoint) {
        return new LockMaker(folder, "").lock(config, Optional.of(endpoint));
    }

    private StackConfig config(String weights) throws IOException {
        return StackConfigReader.read(Files.writeString(folder.resolve("stack.yaml"), """
                schema: stack/1
                name: hosted
                engine: openai
                model: tiny
                visibility: opaque
                endpoint: {url: "http://127.0.0.1:1"}
                declared: {weights: "%s"}
                """.formatted(weights)));
    }
}
