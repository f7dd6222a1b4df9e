package dev.lockstep.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.evidence.SigningKey;
import dev.lockstep.job.Invocation;
import dev.lockstep.lock.FlippedByte;
import dev.lockstep.lock.LockFile;
import dev.lockstep.stack.LaunchOverrides;
import dev.lockstep.stack.ManagedStack;
import dev.lockstep.stack.RunningStack;
import dev.lockstep.stack.StackConfig;
import dev.lockstep.stack.StackConfigReader;
import dev.lockstep.testing.Forwarder;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/**
 * A real server, verified from where neither its files nor its process can be read, by evidence that was made beside it.
 *
 * <p>One story in its order: proven, tampered with, restarted, and served with one other bit in its weights.
 */
@Tag("real")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
final class EvidenceRealStackTest {
    private static final Path SHIPPED = TestedStack.shipped("tiny-qwen3-vl");
    private static final String NAME = "evidence-real";

    @TempDir
    static Path folder;

    private static Path home;
    private static Path serving;
    private static Path elsewhere;
    private static Path weights;
    private static Path projector;
    private static Path key;
    private static Path evidence;
    private static ManagedStack stacks;
    private static StackConfig config;
    private static Forwarder gateway;

    @BeforeAll
    static void start() throws IOException {
        home = TestHome.in(folder);
        serving = Files.createDirectories(folder.resolve("serving"));
        elsewhere = Files.createDirectories(folder.resolve("elsewhere"));
        Path shipped = SHIPPED.resolve("model/tinyvl-F16.gguf");
        weights = Files.copy(
                shipped, Files.createDirectories(folder.resolve("store")).resolve("model.gguf"));
        Files.copy(shipped, Files.createDirectories(folder.resolve("kept")).resolve("model.gguf"));
        projector =
                SHIPPED.resolve("model/mmproj-tinyvl-F16.gguf").toAbsolutePath().normalize();
        key = folder.resolve("attest.key");
        evidence = folder.resolve("evidence.json");
        stacks = new ManagedStack(home, Wrapper.scripts(), System.getenv(), line -> {});
        config = StackConfigReader.read(
                Files.writeString(serving.resolve("stack.yaml"), """
                schema: stack/1
                name: %s
                engine: llama.cpp
                model: tiny-qwen3-vl
                endpoint: {url: managed}
                launch:
                  package: xllamacpp
                  version: 2026.10.11549
                  params:
                    model.path: %s
                    mmproj.path: %s
                    n_ctx: 4096
                    n_parallel: 1
                    cpuparams.n_threads: 1
                    use_jinja: true
                    endpoint_props: true
                """.formatted(NAME, weights, projector)));
        gateway = new Forwarder(up().url());
        succeed(lockstep("lock", "--stack", serving));
        succeed(lockstep("attest", "keygen", key));
        Files.writeString(elsewhere.resolve("stack.yaml"), """
                schema: stack/1
                name: %s
                engine: llama.cpp
                model: tiny-qwen3-vl
                endpoint: {url: "%s"}
                evidence: {keys: [%s]}
                """.formatted(
                        NAME, gateway.url(), SigningKey.read(key).publicText()));
    }

    @AfterAll
    static void stop() throws IOException {
        gateway.close();
        stacks.down(NAME);
        TestHome.release(home);
    }

    @Test
    @Order(1)
    void nothing_can_be_verified_from_elsewhere_without_evidence() {
        Told verified = verify();

        assertThat(verified.exitCode()).as(verified.toString()).isEqualTo(3);
        assertThat(verified.output()).contains("could not be verified, but must be: weights");
    }

    @Test
    @Order(2)
    void evidence_from_beside_the_server_proves_every_layer() {
        Told attested = attest();
        assertThat(attested.exitCode()).as(attested.toString()).isZero();

        Told verified = verify("--evidence", evidence, "--all");

        assertThat(verified.exitCode()).as(verified.toString()).isZero();
        assertThat(verified.output())
                .contains("the stack is the locked one, as far as it can be seen")
                .doesNotContain("UNVERIFIABLE process")
                .containsPattern("\nevidence " + evidence + " of .*: taken for \\d+ of its \\d+ checks\n")
                .containsPattern("MATCH process: model.tensors: .* \\(by evidence " + evidence + " of .*, key "
                        + SigningKey.read(key).id().substring(0, 8)
                        + "….*, full; its endpoint shows marker:[0-9a-f]{16}");
    }

    @Test
    @Order(3)
    void the_cached_tier_makes_the_same_evidence() {
        assertThat(attest("--tier", "cached").exitCode()).isZero();
        assertThat(attest("--tier", "cached").exitCode()).isZero();

        Told verified = verify("--evidence", evidence, "--all");

        assertThat(verified.exitCode()).as(verified.toString()).isZero();
        assertThat(verified.output()).contains(", cached; its endpoint shows marker:");
    }

    @Test
    @Order(3)
    void samples_prove_less() {
        assertThat(attest("--tier", "sampled").exitCode()).isZero();

        Told verified = verify("--evidence", evidence, "--all");

        assertThat(verified.exitCode()).as(verified.toString()).isEqualTo(3);
        assertThat(verified.output())
                .contains("could not be verified, but must be: weights")
                .containsPattern(
                        "UNVERIFIABLE process: model.tensors: .* \\(what was read matches, but the tier is sampled,");
    }

    @Test
    @Order(3)
    void a_process_that_serves_nothing_there_is_not_attested() {
        long other = ProcessHandle.current().pid();

        Told attested = attest("--pid", other);

        assertThat(attested.exitCode()).as(attested.toString()).isEqualTo(69);
        assertThat(attested.output())
                .startsWith("neither process " + other + " nor a child of it listens at 127.0.0.1:");
    }

    @Test
    @Order(4)
    void the_process_that_serves_may_be_named() {
        Told attested = attest("--pid", stacks.find(NAME).orElseThrow().pid());

        assertThat(attested.exitCode()).as(attested.toString()).isZero();
    }

    @Test
    @Order(5)
    void evidence_that_was_tampered_with_is_refused() throws IOException {
        assertThat(attest().exitCode()).isZero();
        Path forged = folder.resolve("forged.json");
        Files.writeString(
                forged, Files.readString(evidence).replaceFirst("\"model\":\"[^\"]*\"", "\"model\":\"other.gguf\""));

        Told verified = verify("--evidence", forged);

        assertThat(verified.exitCode()).as(verified.toString()).isEqualTo(3);
        assertThat(verified.output())
                .contains("evidence refused: " + forged + ": was changed after key "
                        + SigningKey.read(key).id().substring(0, 8) + "… signed it: the signature does not fit");
    }

    @Test
    @Order(6)
    void evidence_of_the_start_before_is_refused() {
        stacks.down(NAME);
        gateway.to(up().url());

        Told old = verify("--evidence", evidence);
        assertThat(old.exitCode()).as(old.toString()).isEqualTo(3);
        assertThat(old.output())
                .containsPattern("evidence refused: " + evidence
                        + ": is about another start of the server: its endpoint shows marker:[0-9a-f]{16}, that of the server"
                        + " that answers is marker:[0-9a-f]{16}; attest again beside the process that answers");

        assertThat(attest().exitCode()).isZero();
        assertThat(verify("--evidence", evidence).exitCode()).isZero();
    }

    /** Here the files are older than the process by more than the whole seconds that the script counts in. */
    @Test
    @Order(7)
    void the_shell_script_proves_the_files_that_the_process_serves() throws IOException, InterruptedException {
        RunningStack running = stacks.find(NAME).orElseThrow();
        Path written = folder.resolve("script.json");
        Told script = shell(List.of(
                "sh",
                Wrapper.scripts().resolve("attest.sh").toString(),
                "--lock",
                LockFile.read(serving.resolve("stack.lock.json")).id().value(),
                "--key",
                key.toString(),
                "--out",
                written.toString(),
                "--pid",
                Long.toString(running.pid()),
                "--url",
                running.engineUrl().toString(),
                "model=" + weights,
                "projector=" + projector));
        assertThat(script.exitCode()).as(script.toString()).isZero();

        Told verified = verify("--evidence", written, "--all");

        assertThat(verified.exitCode()).as(verified.toString()).isEqualTo(3);
        assertThat(verified.output())
                .containsPattern("MATCH process: model.tensors: .* attest.sh, full; its endpoint shows marker:")
                .contains("could not be verified, but must be: processor, engine, launch");
    }

    @Test
    @Order(8)
    void one_other_bit_in_the_weights_breaks_the_lock() throws IOException {
        stacks.down(NAME);
        FlippedByte.at(weights, Files.size(weights) - 200);
        gateway.to(up().url());

        Told attested = attest();
        Told verified = verify("--evidence", evidence);

        assertThat(attested.exitCode()).as(attested.toString()).isEqualTo(2);
        assertThat(verified.exitCode()).as(verified.toString()).isEqualTo(2);
        assertThat(verified.output()).contains("LOCK BROKEN: weights\n");
    }

    @Test
    @Order(9)
    void a_run_takes_the_evidence_that_stack_yaml_names() throws IOException {
        Path file = elsewhere.resolve("stack.yaml");
        Files.writeString(
                file,
                Files.readString(file).replace("evidence: {", "evidence: {from: " + evidence + ", max_age: 1h, "));

        Told run = lockstep(
                "run", "--stack", elsewhere, "--store", serving, "--suites", SmallSuites.fingerprint(folder, 1));

        assertThat(run.exitCode()).as(run.toString()).isEqualTo(2);
        assertThat(run.output()).contains("LOCK_BROKEN [moved: weights]");
    }

    @Test
    @Order(10)
    void the_locked_weights_put_there_after_the_start_prove_nothing_of_the_process() throws IOException {
        Path served = folder.resolve("served");
        Files.move(weights.getParent(), served);
        Files.move(folder.resolve("kept"), weights.getParent());

        Told attested = attest();
        Told verified = verify("--evidence", evidence, "--all");

        assertThat(attested.output()).contains("\nweights             MATCH ");
        assertThat(verified.exitCode()).as(verified.toString()).isEqualTo(3);
        assertThat(verified.output())
                .contains("could not be verified, but must be: weights")
                .contains(" holds " + served.toRealPath().resolve("model.gguf") + ", not " + weights.toRealPath()
                        + "; restart it");
    }

    private static RunningStack up() {
        return stacks.up(config, LaunchOverrides.none());
    }

    private static Told attest(Object... more) {
        List<Object> words = new ArrayList<>(List.of("attest", "--stack", serving, "--key", key, "--out", evidence));
        words.addAll(List.of(more));
        return lockstep(words.toArray());
    }

    private static Told verify(Object... more) {
        List<Object> words = new ArrayList<>(List.of("verify", "--stack", elsewhere, "--store", serving));
        words.addAll(List.of(more));
        return lockstep(words.toArray());
    }

    /** What a command printed, on both streams. */
    private record Told(int exitCode, String output) {}

    private static Told lockstep(Object... words) {
        StringWriter text = new StringWriter();
        List<String> all = new ArrayList<>();
        for (Object word : words) {
            all.add(word.toString());
        }
        if (!all.contains("keygen")) {
            all.addAll(List.of("--home", home.toString()));
        }
        int exitCode = Main.commandLine(new Invocation("lockstep"))
                .setOut(new PrintWriter(text, true))
                .setErr(new PrintWriter(text, true))
                .execute(all.toArray(String[]::new));
        return new Told(exitCode, text.toString());
    }

    private static Told shell(List<String> words) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(words).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return new Told(process.exitValue(), output);
    }

    private static void succeed(Told told) {
        assertThat(told.exitCode()).as(told.toString()).isZero();
    }
}
