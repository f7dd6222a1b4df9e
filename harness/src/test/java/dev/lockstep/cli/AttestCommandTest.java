package dev.lockstep.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.evidence.SigningKey;
import dev.lockstep.job.Invocation;
import dev.lockstep.lock.TinyModelFolder;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class AttestCommandTest {
    @TempDir
    Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void keygen_prints_what_goes_into_stack_yaml() {
        Path key = folder.resolve("attest.key");

        assertThat(run("attest", "keygen", key)).isZero();

        SigningKey made = SigningKey.read(key);
        assertThat(out)
                .hasToString("wrote " + key + " (keep it secret) and " + key + ".pub\nkey " + made.id()
                        + "\nto trust it, add to stack.yaml:\n  evidence: {keys: [" + made.publicText() + "]}\n");
    }

    @Test
    void a_disk_is_attested_without_any_server() throws IOException {
        Path evidence = folder.resolve("e.json");
        stack();
        assertThat(run("lock", "--stack", folder, "--offline", "--home", folder))
                .isZero();

        assertThat(run("attest", "--stack", folder, "--disk", "--out", evidence, "--home", folder))
                .isZero();

        assertThat(out.toString())
                .endsWith("written to " + evidence
                        + ", not signed, so it counts for nobody; make a key with `lockstep attest keygen KEY`, and name it with"
                        + " --key\n");
        assertThat(Files.readString(evidence))
                .startsWith("{\"evidence\":{\"at\":\"20")
                .contains("\"model\":\"model\"", "\"tier\":\"full\"", "\"model.file.model.safetensors\":\"MATCH\"")
                .doesNotContain("\"process\":{\"boot\"", "\"signature\"");
    }

    @Test
    void a_server_whose_process_is_not_here_cannot_be_attested() throws IOException {
        stack();
        assertThat(run("lock", "--stack", folder, "--offline", "--home", folder))
                .isZero();

        assertThat(run("attest", "--stack", folder, "--home", folder)).isEqualTo(69);

        assertThat(err)
                .hasToString(
                        "no process here listens on port 1; attest on the machine (or in the pod) that serves, as the"
                                + " server's user, and name its process with --pid where its port does not lead to it\n");
    }

    @Test
    void wrong_usage_is_told() throws IOException {
        stack();
        assertThat(run("attest")).isEqualTo(64);
        assertThat(err.toString()).contains("Missing required option: '--stack=DIR'");
        assertThat(run("attest", "--stack", folder, "--every", "often")).isEqualTo(64);
        assertThat(err.toString()).contains("--every is 'often'; expected such as 90s, 15m, 24h or 7d");
        assertThat(run("verify", "--stack", folder, "--max-age", "old")).isEqualTo(64);
        assertThat(err.toString()).contains("--max-age is 'old'; expected such as 90s, 15m, 24h or 7d");
    }

    @Test
    void attests_again_and_again_until_it_is_ended() throws IOException, InterruptedException {
        stack();
        assertThat(run("lock", "--stack", folder, "--offline", "--home", folder))
                .isZero();
        CountDownLatch twice = new CountDownLatch(2);
        AtomicInteger exitCode = new AtomicInteger(-1);
        Thread attesting = Thread.ofVirtual()
                .start(() -> exitCode.set(Main.commandLine(new Invocation("lockstep"))
                        .setOut(new PrintWriter(new Counting(twice), true))
                        .setErr(new PrintWriter(err, true))
                        .execute(words(
                                "attest",
                                "--stack",
                                folder,
                                "--disk",
                                "--every",
                                "1s",
                                "--home",
                                folder,
                                "--out",
                                folder.resolve("e.json")))));

        boolean isDone = twice.await(30, TimeUnit.SECONDS);
        attesting.interrupt();

        assertThat(isDone).isTrue();
        assertThat(attesting.join(Duration.ofSeconds(30))).isTrue();
        assertThat(exitCode).hasValue(130);
    }

    /** Counts what is printed about written files. */
    private static final class Counting extends StringWriter {
        private final CountDownLatch latch;

        Counting(CountDownLatch latch) {
            this.latch = latch;
        }

        @Override
        public void write(String text, int from, int length) {
            if (text.contains("written to ")) {
                latch.countDown();
            }
        }
    }

    private void stack() throws IOException {
        TinyModelFolder.copyTo(folder.resolve("model"));
        Files.writeString(folder.resolve("stack.yaml"), """
                schema: stack/1
                name: tiny
                engine: vllm
                model: tiny
                endpoint: {url: "http://127.0.0.1:1"}
                files: {weights: model}
                """);
    }

    private int run(Object... words) {
        return Main.commandLine(new Invocation("lockstep"))
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(words(words));
    }

    private static String[] words(Object... words) {
        List<String> all = new ArrayList<>();
        for (Object word : words) {
            all.add(word.toString());
        }
        return all.toArray(String[]::new);
    }
}
