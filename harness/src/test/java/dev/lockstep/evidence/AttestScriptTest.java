package dev.lockstep.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.lockstep.document.Sha256;
import dev.lockstep.stack.EvidenceRules;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the shell script writes is what the reader takes: same spelling, same signature. */
final class AttestScriptTest {
    private static final String LOCK = Sample.lock().id().value();

    @TempDir
    Path folder;

    private Shell shell;
    private Path model;
    private Process server;

    @BeforeEach
    void prepare() throws IOException, InterruptedException {
        shell = new Shell(folder);
        shell.succeed("openssl", "genpkey", "-algorithm", "ed25519", "-out", "attest.key");
        shell.succeed("openssl", "pkey", "-in", "attest.key", "-pubout", "-out", "attest.key.pub");
        model = Files.writeString(folder.resolve("m.gguf"), "weights");
        server = new ProcessBuilder("tail", "-f", model.toString()).start();
    }

    @AfterEach
    void stop() {
        server.destroy();
    }

    @Test
    void its_evidence_of_a_process_counts() throws IOException, InterruptedException {
        Shell.Result result = attest("--pid", Long.toString(server.pid()), "--named", "monday", "model=" + model);

        Judged judged = judge();
        assertThat(result.exitCode()).as(result.output()).isZero();
        assertThat(judged.refusals(true)).isEmpty();
        assertThat(judged.isBound()).isTrue();
        Evidence evidence = judged.evidence().orElseThrow();
        assertThat(evidence.files())
                .extracting(Evidence.FileClaim::role, Evidence.FileClaim::path, Evidence.FileClaim::sha256)
                .containsExactly(tuple("model", "m.gguf", Sha256.of(model)));
        assertThat(evidence.process().orElseThrow().pid()).isEqualTo(server.pid());
        assertThat(evidence.process().orElseThrow().started())
                .isBetween(Instant.now().minusSeconds(60), Instant.now().plusSeconds(2));
        assertThat(evidence.container().pod()).contains("uid-1");
    }

    @Test
    void its_evidence_of_a_folder_names_every_file() throws IOException, InterruptedException {
        Path tree = Files.createDirectories(folder.resolve("tree/sub"));
        Files.createDirectories(folder.resolve("tree/.git"));
        Files.writeString(folder.resolve("tree/.git/config"), "");
        Files.writeString(tree.resolve("two words.json"), "{}");
        Files.writeString(folder.resolve("tree/grün.jinja"), "x");

        Shell.Result result = attest("model=" + folder.resolve("tree"));

        assertThat(result.exitCode()).as(result.output()).isZero();
        assertThat(judge().refusals(true)).isEmpty();
        assertThat(judge().evidence().orElseThrow().files())
                .extracting(Evidence.FileClaim::path)
                .containsExactlyInAnyOrder("grün.jinja", "sub/two words.json");
    }

    @Test
    void a_process_that_serves_something_else_is_refused() throws IOException, InterruptedException {
        Path other = Files.writeString(folder.resolve("other.gguf"), "x");

        Shell.Result result = attest("--pid", Long.toString(server.pid()), "model=" + other);

        assertThat(result)
                .isEqualTo(new Shell.Result(
                        69,
                        "attest.sh: the command line of process " + server.pid() + " does not name " + other + "\n"));
        assertThat(folder.resolve("e.json")).doesNotExist();
    }

    @Test
    void a_folder_that_was_moved_there_after_the_start_counts_as_changed_then()
            throws IOException, InterruptedException {
        Path served =
                Files.writeString(Files.createDirectories(folder.resolve("v1")).resolve("s.gguf"), "served");
        Path other =
                Files.writeString(Files.createDirectories(folder.resolve("v2")).resolve("s.gguf"), "other");
        server.destroy();
        server = new ProcessBuilder("tail", "-n", "+1", "-f", served.toString()).start();
        assertThat(new String(server.getInputStream().readNBytes(6), StandardCharsets.UTF_8))
                .isEqualTo("served");
        long old = seconds(other);
        while (seconds(folder) <= old) {
            Files.move(served.getParent(), folder.resolve("v0"));
            Files.move(folder.resolve("v0"), served.getParent());
        }
        Files.move(served.getParent(), folder.resolve("v0"));
        Files.move(other.getParent(), served.getParent());

        Shell.Result result = attest("--pid", Long.toString(server.pid()), "model=" + served);

        assertThat(result.exitCode()).as(result.output()).isZero();
        assertThat(seconds(served)).isLessThanOrEqualTo(old);
        assertThat(judge().evidence().orElseThrow().files())
                .singleElement()
                .satisfies(file -> assertThat(file.changed()).isGreaterThan(old));
    }

    @Test
    void of_a_process_with_other_mounts_the_files_count_that_it_sees() throws IOException, InterruptedException {
        assumeTrue(
                shell.run(List.of("unshare", "-Urm", "true"), Map.of()).exitCode() == 0, "this machine has namespaces");
        Path served = Files.writeString(
                Files.createDirectories(folder.resolve("served")).resolve("m.gguf"), "other");
        server.destroy();
        server = new ProcessBuilder(
                        "unshare",
                        "-Urm",
                        "sh",
                        "-c",
                        "mount --bind \"$1\" \"$2\" && exec tail -n +1 -f \"$2\"",
                        "sh",
                        served.toString(),
                        model.toString())
                .start();
        assertThat(new String(server.getInputStream().readNBytes(5), StandardCharsets.UTF_8))
                .isEqualTo("other");

        Shell.Result result = attest("--pid", Long.toString(server.pid()), "model=" + model);

        assertThat(result.exitCode()).as(result.output()).isZero();
        assertThat(judge().evidence().orElseThrow().files())
                .extracting(Evidence.FileClaim::sha256)
                .containsExactly(Sha256.of(served));
    }

    @Test
    void a_process_that_holds_another_file_of_the_name_is_refused() throws IOException, InterruptedException {
        Path loaded = Path.of("/proc/" + server.pid() + "/exe").toRealPath();
        Path other = Files.writeString(folder.resolve(loaded.getFileName()), "x");
        server.destroy();
        server = new ProcessBuilder("tail", "-f", other.toString()).start();

        Shell.Result result = attest("--pid", Long.toString(server.pid()), "model=" + other);

        assertThat(result)
                .isEqualTo(new Shell.Result(
                        69,
                        "attest.sh: process " + server.pid() + " holds another file of the name " + other.toRealPath()
                                + "; restart it\n"));
    }

    @Test
    void a_process_that_does_not_listen_at_the_url_is_refused() throws IOException, InterruptedException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String url = "http://127.0.0.1:" + socket.getLocalPort();

            Shell.Result result = attest("--pid", Long.toString(server.pid()), "--url", url, "model=" + model);

            assertThat(result)
                    .isEqualTo(new Shell.Result(
                            69,
                            "attest.sh: neither process " + server.pid() + " nor a child of it listens on the port of "
                                    + url + "\n"));
        }
    }

    @Test
    void a_name_that_needs_escapes_is_refused() throws IOException, InterruptedException {
        Files.writeString(Files.createDirectories(folder.resolve("tree")).resolve("a\"b"), "x");

        Shell.Result result = attest("model=" + folder.resolve("tree"));

        assertThat(result)
                .isEqualTo(
                        new Shell.Result(69, "attest.sh: 'a\"b' holds a quote, a backslash or a control character\n"));
        assertThat(folder.resolve("e.json")).doesNotExist();
    }

    @Test
    void wrong_usage_says_what_is_right() throws IOException, InterruptedException {
        assertThat(attest().exitCode()).isEqualTo(64);
        assertThat(attest().output()).startsWith("usage: attest.sh --lock LOCK_ID --key KEY.pem [--out FILE]");
    }

    private static long seconds(Path file) throws IOException {
        return ((FileTime) Files.getAttribute(file, "unix:ctime")).to(TimeUnit.SECONDS);
    }

    private Shell.Result attest(String... words) throws IOException, InterruptedException {
        Path scripts = Path.of(System.getProperty("lockstep.scripts", "../scripts"));
        List<String> all = new ArrayList<>(List.of(
                "sh",
                scripts.resolve("attest.sh").toAbsolutePath().toString(),
                "--lock",
                LOCK,
                "--key",
                "attest.key",
                "--out",
                "e.json"));
        all.addAll(List.of(words));
        return shell.run(all, Map.of("LOCKSTEP_POD_UID", "uid-1"));
    }

    private Judged judge() throws IOException {
        EvidenceRules rules = new EvidenceRules(
                List.of(),
                Duration.ofMinutes(5),
                List.of(SigningKey.read(folder.resolve("attest.key")).publicText()),
                List.of());
        EvidenceJudge judge = new EvidenceJudge(rules, Sample.lock().id(), Sample.named("monday"), Instant.now());
        return judge.judge("e.json", Files.readString(folder.resolve("e.json")));
    }
}
