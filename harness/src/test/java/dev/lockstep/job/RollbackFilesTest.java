package dev.lockstep.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.job.RollbackReport.Item;
import dev.lockstep.job.RollbackReport.State;
import dev.lockstep.lock.FlippedByte;
import dev.lockstep.lock.Hashing;
import dev.lockstep.lock.LargeSafetensors;
import dev.lockstep.lock.Lock;
import dev.lockstep.lock.TensorStore;
import dev.lockstep.lock.Tier;
import dev.lockstep.stack.LockMaker;
import dev.lockstep.stack.ResolvedStack;
import dev.lockstep.stack.StackConfig;
import dev.lockstep.stack.StackConfigReader;
import dev.lockstep.stack.TieredReading;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files of which only some chunks are read. */
final class RollbackFilesTest {
    private static final int MEBIBYTE = 1 << 20;

    @TempDir
    Path folder;

    @Test
    void sample_is_no_proof_that_the_files_are_ready() throws IOException {
        Path model = Files.createDirectories(folder.resolve("model"));
        Files.writeString(model.resolve("config.json"), "{\"model_type\": \"tiny\"}");
        Path weights = LargeSafetensors.write(model.resolve("model.safetensors"), 20 * MEBIBYTE);
        StackConfig config = StackConfigReader.read(Files.writeString(folder.resolve("stack.yaml"), """
                schema: stack/1
                name: large
                engine: openai
                model: tiny
                endpoint: {url: "http://127.0.0.1:1"}
                files: {weights: model}
                """));
        ResolvedStack resolved = new LockMaker(
                        folder, "", TieredReading.full(Hashing.on(2).inChunksOf(MEBIBYTE)))
                .resolve(config, Optional.empty());
        resolved.keepSidecars(TensorStore.in(folder));

        assertThat(item(resolved.lock(), config, new Tier.Full()).state()).isEqualTo(State.READY);
        Item sampled = item(resolved.lock(), config, new Tier.Sampled(3, 7));
        assertThat(sampled.state()).isEqualTo(State.DEGRADED);
        assertThat(sampled.reason())
                .matches(
                        "a sample proves little: model: model\\.safetensors sampled: 5 of 20 chunks \\(seed 7\\): 1, .*, 20;"
                                + " a change of few bytes may lie in the others");
        assertThat(sampled.remedy()).isEqualTo("read all of them: --tier full");

        FlippedByte.inPlace(weights, 20 * MEBIBYTE - 1);
        assertThat(item(resolved.lock(), config, new Tier.Sampled(3, 7)).state())
                .isEqualTo(State.IMPOSSIBLE);
    }

    private Item item(Lock lock, StackConfig config, Tier tier) {
        Workplace workplace = new Workplace(folder.resolve("home"), folder, Map.of(), Clock.systemUTC(), line -> {});
        return new RollbackFiles(lock, config, tier, workplace).item();
    }
}
