package dev.lockstep.stack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.lock.Check;
import dev.lockstep.lock.Layer;
import dev.lockstep.lock.Lock;
import dev.lockstep.lock.Policies;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server on this machine that Lockstep did not start: what its process proves, and what it cannot. */
final class ForeignStackTest {
    private static final String NAMES_ITS_MODEL = "files: {weights: model.gguf}";

    @TempDir
    Path folder;

    @BeforeEach
    void write() throws IOException {
        folder = folder.toRealPath();
        Files.writeString(folder.resolve("llama-server"), "a program");
        gguf("model.gguf", "m");
        gguf("projector.gguf", "p");
        gguf("a.gguf", "one");
    }

    @Test
    void is_itself_under_the_lock_of_its_process() throws IOException {
        LocalProcess process = process("-m", "model.gguf", "--mmproj", "projector.gguf", "--lora-scaled", "a.gguf:0.5");
        for (String named : List.of(NAMES_ITS_MODEL, "files: {weights: model.gguf, adapters: [a.gguf]}", "files: {}")) {
            StackConfig config = config(named);
            Lock lock = lock(config, Optional.of(process));

            assertThat(checks(lock, config, process))
                    .as(named)
                    .isNotEmpty()
                    .allMatch(check -> check.outcome() == Check.Outcome.MATCH);
            assertThat(lock.layer(Layer.ADAPTERS).pinned()).containsKeys("adapter.1.scale", "adapter.1.tensors");
        }
    }

    @Test
    void does_not_break_a_lock_that_never_saw_its_process() throws IOException {
        LocalProcess process = process("-m", "model.gguf", "--mmproj", "projector.gguf", "--lora", "a.gguf");
        for (String named : List.of(NAMES_ITS_MODEL, "files: {weights: model.gguf, adapters: [a.gguf]}", "files: {}")) {
            StackConfig config = config(named);
            Lock offline = new LockMaker(folder, "").lock(config, Optional.empty());

            assertThat(checks(offline, config, process))
                    .as(named)
                    .noneMatch(check -> check.outcome() == Check.Outcome.MISMATCH);
            assertThat(offline.layer(Layer.ENGINE).unknown()).containsExactly("*");
            assertThat(offline.layer(Layer.LAUNCH).unknown())
                    .containsExactly("*", "batchSize", "cacheTypes", "flashAttention", "threads");
        }
    }

    @Test
    void breaks_the_lock_of_its_files_though_nobody_saw_its_process() throws IOException {
        StackConfig config = config(NAMES_ITS_MODEL);
        Lock offline = new LockMaker(folder, "").lock(config, Optional.empty());
        gguf("model.gguf", "another");

        assertThat(moved(checks(offline, config, process("-m", "model.gguf")))).contains(Layer.MODEL_CONFIG);
    }

    @Test
    void shows_an_adapter_that_was_swapped_under_its_name() throws IOException {
        LocalProcess process = process("-m", "model.gguf", "--lora", "a.gguf");
        StackConfig config = config(NAMES_ITS_MODEL);
        Lock lock = lock(config, Optional.of(process));
        gguf("a.gguf", "two");

        assertThat(moved(checks(lock, config, process))).containsExactly(Layer.PROVENANCE, Layer.ADAPTERS);
    }

    @Test
    void shows_other_files_that_were_swapped_under_their_names() throws IOException {
        Path modules = Files.createDirectories(folder.resolve("lora"));
        Files.writeString(modules.resolve("adapter.safetensors"), "one");
        Files.writeString(folder.resolve("chat.jinja"), "one");
        LocalProcess process =
                process("-m", "model.gguf", "--lora-modules", "sql=lora", "--chat-template-file", "chat.jinja");
        StackConfig config = config(NAMES_ITS_MODEL);
        Lock lock = lock(config, Optional.of(process));

        Files.writeString(modules.resolve("adapter.safetensors"), "two");
        assertThat(mismatches(checks(lock, config, process))).containsExactly("file.--lora-modules.1.sha256");
        Files.writeString(folder.resolve("chat.jinja"), "two");
        assertThat(mismatches(checks(lock, config, process)))
                .containsExactly("file.--lora-modules.1.sha256", "file.--chat-template-file.1.sha256");
    }

    @Test
    void shows_a_variable_that_was_set_since() throws IOException {
        LocalProcess process = process("-m", "model.gguf");
        StackConfig config = config(NAMES_ITS_MODEL);
        Lock lock = lock(config, Optional.of(process));
        LocalProcess other = new LocalProcess(
                7,
                1,
                process.started(),
                process.argv(),
                process.executable(),
                folder,
                "",
                LaunchEnvironment.fields(Map.of("GGML_CUDA_FORCE_MMQ", "1", "EDITOR", "vi")),
                List.of());

        assertThat(mismatches(checks(lock, config, other))).containsExactly("env.GGML_CUDA_FORCE_MMQ");
    }

    @Test
    void proves_nothing_by_a_file_that_changed_after_its_start() throws IOException {
        Files.writeString(folder.resolve("chat.jinja"), "one");
        LocalProcess later = process("-m", "model.gguf", "--chat-template-file", "chat.jinja");
        StackConfig config = config(NAMES_ITS_MODEL);
        Lock lock = lock(config, Optional.of(later));
        LocalProcess earlier = started(Instant.now().minusSeconds(60), later.argv());

        assertThat(checks(lock, config, earlier))
                .filteredOn(check -> check.field().startsWith("file."))
                .containsExactly(new Check(
                        Layer.LAUNCH,
                        Check.Step.PROCESS,
                        "file.--chat-template-file.1.sha256",
                        Check.Outcome.UNVERIFIABLE,
                        Check.Policy.PIN,
                        "sha256:7692c3ad…",
                        "",
                        folder.resolve("chat.jinja") + " changed after process 7 (llama-server) started; restart it"));
    }

    @Test
    void leaves_unknown_what_it_names_and_nobody_can_read() throws IOException {
        LocalProcess process = process("-m", "model.gguf", "--lora-modules", "sql=hub/sql", "--lora", "gone.gguf");
        StackConfig config = config(NAMES_ITS_MODEL);
        Lock lock = lock(config, Optional.of(process));

        assertThat(lock.layer(Layer.ADAPTERS).unknown()).containsExactly("*", "file.--lora-modules.1.sha256");
        assertThat(mismatches(checks(lock, config, process))).isEmpty();
    }

    @Test
    void does_not_deny_files_that_its_command_line_leaves_out() throws IOException {
        LocalProcess process = process("-hf", "org/model", "--mmproj", "projector.gguf");
        StackConfig config = config("files: {weights: model.gguf, projector: projector.gguf}");
        Lock lock = lock(config, Optional.of(process));

        assertThat(checks(lock, config, process))
                .filteredOn(check -> check.layer() == Layer.WEIGHTS && check.step() == Check.Step.PROCESS)
                .isNotEmpty()
                .allMatch(check ->
                        check.note().equals("process 7 (llama-server) does not tell which model files it" + " serves"));
    }

    private Lock lock(StackConfig config, Optional<LocalProcess> process) {
        return LockMaker.lock(config, Proof.ofForeign(config.files(), process, new ModelLayers()), new LayerFacts());
    }

    private static List<Check> checks(Lock lock, StackConfig config, LocalProcess process) {
        FileChecks files = new FileChecks(lock, Policies.defaults(), new ModelLayers());
        List<Check> checks = new ArrayList<>(new StaticChecks(lock, config).run());
        checks.addAll(files.onDisk(config));
        checks.addAll(new ProcessChecks(lock, Policies.defaults(), files).run(new ProcessEvidence.Seen(process)));
        return checks;
    }

    private static List<Layer> moved(List<Check> checks) {
        return checks.stream()
                .filter(check -> check.outcome() == Check.Outcome.MISMATCH)
                .map(Check::layer)
                .distinct()
                .toList();
    }

    private static List<String> mismatches(List<Check> checks) {
        return checks.stream()
                .filter(check -> check.outcome() == Check.Outcome.MISMATCH)
                .map(Check::field)
                .toList();
    }

    private LocalProcess process(String... arguments) {
        List<String> argv = new ArrayList<>(List.of("./llama-server"));
        argv.addAll(List.of(arguments));
        return started(Instant.now().plusSeconds(60), argv);
    }

    private LocalProcess started(Instant time, List<String> argv) {
        return new LocalProcess(
                7, 1, time, argv, folder.resolve("llama-server"), folder, "", new TreeMap<>(), List.of());
    }

    private StackConfig config(String files) throws IOException {
        return StackConfigReader.read(Files.writeString(folder.resolve("stack.yaml"), """
                schema: stack/1
                name: own
                engine: llama.cpp
                model: tiny
                endpoint: {url: "http://127.0.0.1:1"}
                %s
                """.formatted(files)));
    }

    /** Writes a GGUF file of version 3 without tensors, and with one text. */
    private void gguf(String name, String text) throws IOException {
        byte[] key = "general.name".getBytes(StandardCharsets.US_ASCII);
        byte[] value = text.getBytes(StandardCharsets.US_ASCII);
        ByteBuffer bytes = ByteBuffer.allocate(128).order(ByteOrder.LITTLE_ENDIAN);
        bytes.put("GGUF".getBytes(StandardCharsets.US_ASCII))
                .putInt(3)
                .putLong(0)
                .putLong(1);
        bytes.putLong(key.length).put(key).putInt(8).putLong(value.length).put(value);
        Files.write(folder.resolve(name), Arrays.copyOf(bytes.array(), (bytes.position() + 31) / 32 * 32));
    }
}
