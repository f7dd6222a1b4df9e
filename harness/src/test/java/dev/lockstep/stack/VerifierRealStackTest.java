package dev.lockstep.stack;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.lockstep.lock.Check;
import dev.lockstep.lock.Layer;
import dev.lockstep.lock.Lock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("real")
final class VerifierRealStackTest {
    private static final EmbeddedStack EMBEDDED = new EmbeddedStack();

    @TempDir
    static Path folder;

    private static StackConfig config;
    private static LiveEndpoint locked;
    private static Lock lock;
    private static Probes probes;

    @BeforeAll
    static void start() throws IOException {
        config = EMBEDDED.config(folder, "verifier-real");
        locked = EMBEDDED.up(config, LaunchOverrides.none());
        lock = EMBEDDED.lock(config, locked);
        probes = Probes.take(config, locked);
    }

    @AfterAll
    static void stop() {
        EMBEDDED.close();
    }

    @Test
    void finds_the_locked_stack_unchanged() {
        Recorded recorded = new Recorded(Optional.of(probes), Optional.of(Logprobs.take(config, locked)));

        Verification verification = Verifier.verify(ResolvedStack.Kept.in(folder, lock), config, locked, recorded);

        assertThat(verification.checks())
                .filteredOn(check -> check.outcome() != Check.Outcome.MATCH)
                .isEmpty();
        assertThat(verification.belowFloor()).isEmpty();
        assertThat(verification.floor())
                .contains(Layer.WEIGHTS, Layer.TOKENIZER, Layer.TEMPLATE, Layer.ENGINE, Layer.LAUNCH);
    }

    @Test
    void finds_a_second_start_unchanged_but_in_another_epoch() {
        LiveEndpoint again = EMBEDDED.up(config, LaunchOverrides.none().withName("verifier-real-again"));

        assertThat(Verifier.verify(lock, config, again, Optional.of(probes)).checks())
                .noneMatch(Check::breaksLock);
        assertThat(Epochs.current(config, again))
                .isNotEqualTo(Epochs.current(config, locked))
                .matches("\\d+:\\d+");
    }

    @Test
    void makes_the_same_id_without_a_server() {
        Lock cold = new LockMaker(EMBEDDED.home(), System.getenv("PATH")).lock(config, Optional.empty());

        assertThat(cold.id()).isEqualTo(lock.id());
    }

    @Test
    void names_the_template_when_only_the_template_differs() throws IOException {
        Path variant = patched("template.gguf", "# Tools\\n\\nYou may", "# TOOLS\\n\\nYou may");

        assertThat(brokenBy(overrides("template").with("model.path", TextNode.valueOf(variant.toString()))))
                .containsExactly(Layer.TEMPLATE);
    }

    @Test
    void names_the_weights_when_a_tensor_differs() throws IOException {
        byte[] bytes = Files.readAllBytes(EMBEDDED.weights());
        bytes[bytes.length - 200] ^= 1;
        Path variant = Files.write(folder.resolve("weights.gguf"), bytes);

        assertThat(brokenBy(overrides("weights").with("model.path", TextNode.valueOf(variant.toString()))))
                .containsExactly(Layer.WEIGHTS);
    }

    @Test
    void names_the_engine_when_another_version_runs() {
        assertThat(brokenBy(overrides("engine").withVersion(EmbeddedStack.OTHER_VERSION)))
                .containsExactly(Layer.ENGINE);
    }

    @Test
    void names_the_launch_when_a_flag_differs() {
        assertThat(brokenBy(overrides("cache").with("cache_type_k", IntNode.valueOf(8))))
                .containsExactly(Layer.LAUNCH);
        assertThat(brokenBy(overrides("batch").with("n_batch", IntNode.valueOf(512))))
                .containsExactly(Layer.LAUNCH);
    }

    @Test
    void names_the_launch_before_the_defaults_that_it_changes() {
        assertThat(brokenBy(overrides("temperature").with("sampling.temp", DoubleNode.valueOf(0.3))))
                .containsExactly(Layer.LAUNCH, Layer.GENERATION_DEFAULTS);
    }

    @Test
    void trusts_no_file_that_changed_after_the_start() throws IOException {
        Path copy = Files.copy(EMBEDDED.weights(), folder.resolve("touched.gguf"));
        LiveEndpoint endpoint =
                EMBEDDED.up(config, overrides("touched").with("model.path", TextNode.valueOf(copy.toString())));
        Files.write(copy, Files.readAllBytes(EMBEDDED.weights()));

        Verification verification = Verifier.verify(lock, config, endpoint, Optional.of(probes));

        assertThat(verification.broken()).isEmpty();
        assertThat(verification.belowFloor()).contains(Layer.WEIGHTS, Layer.TEMPLATE, Layer.TOKENIZER);
        assertThat(verification.isConsistent(Layer.TEMPLATE)).isTrue();
    }

    @Test
    void names_the_launch_when_the_draft_model_has_other_bytes() throws IOException {
        Path draft = Files.copy(EMBEDDED.weights(), folder.resolve("draft.gguf"));
        Path drafted = Files.createDirectories(folder.resolve("drafted"));
        EMBEDDED.config(drafted, "verifier-real-drafted");
        String params = "    speculative.types: [1]\n    speculative.draft.mparams.path: ../draft.gguf\n";
        Path file = Files.writeString(drafted.resolve("stack.yaml"), params, StandardOpenOption.APPEND);
        StackConfig withDraft = StackConfigReader.read(file);
        LiveEndpoint endpoint = EMBEDDED.up(withDraft, LaunchOverrides.none());
        Lock then = EMBEDDED.lock(withDraft, endpoint);
        byte[] bytes = Files.readAllBytes(draft);
        bytes[bytes.length - 200] ^= 1;
        Files.write(draft, bytes);

        LiveEndpoint again = EMBEDDED.up(withDraft, overrides("drafted-again"));
        Verification verification = Verifier.verify(then, withDraft, again, Optional.of(probes));

        assertThat(verification.broken()).containsExactly(Layer.LAUNCH);
        assertThat(verification.checks())
                .filteredOn(Check::breaksLock)
                .extracting(Check::field)
                .containsExactly("file.speculative.draft.mparams.path.sha256");
    }

    private static LaunchOverrides overrides(String name) {
        return LaunchOverrides.none().withName("verifier-real-" + name);
    }

    private static List<Layer> brokenBy(LaunchOverrides overrides) {
        LiveEndpoint endpoint = EMBEDDED.up(config, overrides);
        Verification verification = Verifier.verify(lock, config, endpoint, Optional.of(probes));
        return verification.broken();
    }

    private static Path patched(String name, String before, String after) throws IOException {
        String bytes = new String(Files.readAllBytes(EMBEDDED.weights()), ISO_8859_1);
        assertThat(bytes).contains(before);
        return Files.write(folder.resolve(name), bytes.replace(before, after).getBytes(ISO_8859_1));
    }
}
