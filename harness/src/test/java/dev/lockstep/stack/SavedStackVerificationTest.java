package dev.lockstep.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.lockstep.lock.Check;
import dev.lockstep.lock.Layer;
import dev.lockstep.lock.Lock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A stack on another host: what was saved there is saved again, and compared as the policies say. */
final class SavedStackVerificationTest {
    private static final Path SAVED = Path.of("src/test/resources/saved").toAbsolutePath();

    @TempDir
    Path folder;

    @Test
    void is_itself_while_nothing_was_saved_anew() throws IOException {
        Lock lock = lock("");

        assertThat(verify(lock, "").checks())
                .filteredOn(check -> check.step() == Check.Step.STATIC)
                .allMatch(check -> check.outcome() == Check.Outcome.MATCH)
                .extracting(Check::field)
                .contains("image.digest", "command", "env.VLLM_BATCH_INVARIANT", "mounts");
    }

    @Test
    void breaks_by_the_engine_when_the_tag_was_pushed_again() throws IOException {
        Lock lock = lock("");
        change("vllm-openai@sha256:0123", "vllm-openai@sha256:4567");

        Verification now = verify(lock, "");

        assertThat(now.broken()).containsExactly(Layer.ENGINE);
        assertThat(now.breaking(Layer.ENGINE))
                .containsExactly(new Check(
                        Layer.ENGINE,
                        Check.Step.STATIC,
                        "image.digest",
                        Check.Outcome.MISMATCH,
                        Check.Policy.PIN,
                        "sha256:01234567…",
                        "sha256:45674567…",
                        "told by what stack.yaml names; lock the stack again after a change"));
    }

    @Test
    void breaks_by_the_launch_when_a_variable_is_gone() throws IOException {
        Lock lock = lock("");
        change("\"name\": \"VLLM_BATCH_INVARIANT\"", "\"name\": \"EDITOR\"");

        assertThat(verify(lock, "").breaking(Layer.LAUNCH))
                .extracting(Check::field, Check::values)
                .containsExactly(tuple("env.VLLM_BATCH_INVARIANT", "locked 1, found (missing)"));
    }

    @Test
    void reports_another_volume_without_breaking() throws IOException {
        Lock lock = lock("");
        change("\"claimName\": \"qwen3-vl-8b\"", "\"claimName\": \"copy\"");

        Verification now = verify(lock, "");

        assertThat(now.broken()).isEmpty();
        assertThat(now.checks())
                .filteredOn(check -> check.outcome() == Check.Outcome.MISMATCH)
                .extracting(Check::field, Check::policy)
                .containsExactly(tuple("mounts", Check.Policy.WARN));
    }

    @Test
    void does_not_compare_what_is_ignored() throws IOException {
        String policies = "policies: {defaults: kubernetes, launch.env.VLLM_BATCH_INVARIANT: ignore}";
        Lock lock = lock(policies);
        change("\"VLLM_BATCH_INVARIANT\", \"value\": \"1\"", "\"VLLM_BATCH_INVARIANT\", \"value\": \"0\"");

        assertThat(verify(lock, policies).checks())
                .filteredOn(check -> check.field().equals("env.VLLM_BATCH_INVARIANT"))
                .extracting(Check::outcome)
                .containsExactly(Check.Outcome.NOT_CHECKED);
    }

    @Test
    void belongs_to_the_stratum_of_the_value_that_it_has() throws IOException {
        String policies = "policies: {launch.env.VLLM_BATCH_INVARIANT: {oneOf: [\"0\", \"1\"]}}";
        Lock lock = lock(policies);
        assertThat(verify(lock, policies).stratum()).isEqualTo("launch.env.VLLM_BATCH_INVARIANT=1");

        change("\"VLLM_BATCH_INVARIANT\", \"value\": \"1\"", "\"VLLM_BATCH_INVARIANT\", \"value\": \"0\"");
        assertThat(verify(lock, policies).broken()).isEmpty();
        assertThat(verify(lock, policies).stratum()).isEqualTo("launch.env.VLLM_BATCH_INVARIANT=0");

        change("\"VLLM_BATCH_INVARIANT\", \"value\": \"0\"", "\"VLLM_BATCH_INVARIANT\", \"value\": \"2\"");
        assertThat(verify(lock, policies).broken()).containsExactly(Layer.LAUNCH);
        assertThat(verify(lock, policies).stratum()).isEmpty();
    }

    @Test
    void warns_of_other_hardware_than_was_observed_there() throws IOException {
        String hardware = "hardware: {nvidia_smi: smi.xml, lscpu: " + SAVED.resolve("lscpu.json") + "}";
        Files.copy(SAVED.resolve("nvidia-smi.xml"), folder.resolve("smi.xml"));
        Lock lock = lock(hardware);
        assertThat(lock.layer(Layer.HARDWARE).observed()).containsKeys("gpus", "cpu", "gpuDriver.version");
        assertThat(lock.id()).isEqualTo(lock("").id());

        Files.writeString(
                folder.resolve("smi.xml"),
                Files.readString(folder.resolve("smi.xml")).replace("570.133.20", "570.133.40"));
        Verification now = verify(lock, hardware);

        assertThat(now.broken()).isEmpty();
        assertThat(now.checks())
                .filteredOn(check -> check.outcome() == Check.Outcome.MISMATCH)
                .extracting(Check::field, Check::policy)
                .containsExactly(tuple("gpuDriver.version", Check.Policy.WARN));
    }

    private Lock lock(String more) throws IOException {
        return new LockMaker(folder, "").lock(config(more), Optional.empty());
    }

    private Verification verify(Lock lock, String more) throws IOException {
        try (ServerDouble server = ServerDouble.generic()) {
            return Verifier.verify(lock, config(more), server.endpoint(), Optional.empty());
        }
    }

    private void change(String before, String after) throws IOException {
        Path pod = folder.resolve("pod.json");
        String text = Files.readString(pod);
        assertThat(text).contains(before);
        Files.writeString(pod, text.replace(before, after));
    }

    private StackConfig config(String more) throws IOException {
        if (Files.notExists(folder.resolve("pod.json"))) {
            Files.copy(SAVED.resolve("pod.json"), folder.resolve("pod.json"));
        }
        return StackConfigReader.read(Files.writeString(folder.resolve("stack.yaml"), """
                schema: stack/1
                name: served-elsewhere
                engine: vllm
                model: tiny
                visibility: opaque
                endpoint: {url: "http://127.0.0.1:1"}
                launch: {from: pod.json, container: server}
                """ + more));
    }
}
