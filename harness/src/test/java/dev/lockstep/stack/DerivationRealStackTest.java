package dev.lockstep.stack;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lockstep.derivation.GgufCopy;
import dev.lockstep.derivation.LockedModels;
import dev.lockstep.lock.Check;
import dev.lockstep.lock.Layer;
import dev.lockstep.lock.TensorStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A trained adapter that the server loads beside the unchanged model. */
@Tag("real")
final class DerivationRealStackTest {
    private static final EmbeddedStack EMBEDDED = new EmbeddedStack();
    private static final String LOADED = "[{\"path\": \"%s\", \"scale\": %s}]";

    @TempDir
    Path temporary;

    @AfterAll
    static void stop() {
        EMBEDDED.close();
    }

    @Test
    void an_adapter_at_run_time_is_proven_with_its_base_and_scale() throws IOException {
        Path root = temporary.toRealPath();
        String base = new LockedModels(root).ggufParent("base");
        Path adapter = GgufCopy.adapterOf("lora").write(root.resolve("lora.gguf"));
        Path folder = root.resolve("served");
        EMBEDDED.config(folder, "derivation-real");
        StackConfig config = StackConfigReader.read(Files.writeString(
                folder.resolve("stack.yaml"),
                """
                            lora_adapters: %s
                        derivation:
                          - {op: lora-runtime, base: %s, adapter: ../lora.gguf, parameters: {scale: 0.5}, tool: factoring 1}
                        """.formatted(LOADED.formatted(adapter, 0.5), base),
                StandardOpenOption.APPEND));
        LiveEndpoint endpoint = EMBEDDED.up(config, LaunchOverrides.none());
        ResolvedStack resolved =
                new LockMaker(EMBEDDED.home(), System.getenv("PATH")).resolve(config, Optional.of(endpoint));
        resolved.keepSidecars(TensorStore.in(folder));

        Verification same = Verifier.verify(resolved.lock(), config, endpoint, Optional.empty());

        assertThat(same.checks())
                .filteredOn(check -> check.layer() == Layer.DERIVATION)
                .hasSizeGreaterThan(4)
                .allMatch(check -> check.outcome() == Check.Outcome.MATCH);
        assertThat(same.isProven(Layer.DERIVATION)).isTrue();
        LaunchOverrides whole = LaunchOverrides.none()
                .withName("derivation-real-whole")
                .with("lora_adapters", new ObjectMapper().readTree(LOADED.formatted(adapter, 1)));
        assertThat(Verifier.verify(resolved.lock(), config, EMBEDDED.up(config, whole), Optional.empty())
                        .broken())
                .contains(Layer.ADAPTERS);
    }
}
