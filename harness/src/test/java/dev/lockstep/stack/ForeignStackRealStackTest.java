package dev.lockstep.stack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.lock.Check;
import dev.lockstep.lock.Layer;
import dev.lockstep.lock.Lock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real server on this machine, taken for one that somebody else started. */
@Tag("real")
final class ForeignStackRealStackTest {
    private static final EmbeddedStack EMBEDDED = new EmbeddedStack();

    @TempDir
    static Path folder;

    private static LiveEndpoint endpoint;

    @BeforeAll
    static void start() throws IOException {
        StackConfig own = EMBEDDED.config(folder.resolve("own"), "foreign-real");
        endpoint = EMBEDDED.up(own, LaunchOverrides.none());
    }

    @AfterAll
    static void stop() {
        EMBEDDED.close();
    }

    @Test
    void is_proven_by_its_process_whatever_files_are_named() throws IOException {
        for (String files : List.of("weights: " + EMBEDDED.weights(), "")) {
            StackConfig config = foreign(files);
            Lock lock = EMBEDDED.lock(config, endpoint);

            Verification verification = verify(lock, config);

            assertThat(verification.checks()).noneMatch(Check::breaksLock);
            assertThat(verification.belowFloor()).isEmpty();
            assertThat(verification.floor()).contains(Layer.WEIGHTS, Layer.PROCESSOR, Layer.ENGINE, Layer.LAUNCH);
        }
    }

    @Test
    void does_not_break_a_lock_that_was_made_offline() throws IOException {
        for (String files : List.of("weights: " + EMBEDDED.weights(), "")) {
            StackConfig config = foreign(files);
            Lock lock = new LockMaker(EMBEDDED.home(), "").lock(config, Optional.empty());

            Verification verification = verify(lock, config);

            assertThat(verification.checks())
                    .filteredOn(check -> check.outcome() == Check.Outcome.MISMATCH)
                    .isEmpty();
            assertThat(verification.isProven(Layer.ENGINE)).isFalse();
        }
    }

    private static Verification verify(Lock lock, StackConfig config) {
        return Verifier.verify(lock, config, endpoint, Optional.empty());
    }

    private static StackConfig foreign(String files) throws IOException {
        return StackConfigReader.read(
                Files.writeString(folder.resolve("stack.yaml"), """
                schema: stack/1
                name: foreign
                engine: llama.cpp
                model: tiny-qwen3-vl
                endpoint: {url: "%s"}
                files: {%s}
                """.formatted(endpoint.url(), files)));
    }
}
