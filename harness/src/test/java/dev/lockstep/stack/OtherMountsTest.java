package dev.lockstep.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.lockstep.document.Sha256;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real process that sees other files under the same names, as one in a container does. */
final class OtherMountsTest {
    @TempDir
    Path temporary;

    private Path model;
    private Process server;

    @BeforeEach
    void start() throws IOException, InterruptedException {
        Path folder = temporary.toRealPath();
        model = Files.writeString(
                Files.createDirectories(folder.resolve("models")).resolve("m.gguf"), "mine");
        Path served = Files.createDirectories(folder.resolve("served"));
        Files.writeString(served.resolve("m.gguf"), "served");
        Files.createSymbolicLink(served.resolve("link.gguf"), model);
        // With a user namespace of its own, anybody may mount in it.
        Process tried = new ProcessBuilder("unshare", "-Urm", "true").start();
        assumeTrue(tried.waitFor(10, TimeUnit.SECONDS) && tried.exitValue() == 0, "this machine has namespaces");
        server = new ProcessBuilder(
                        "unshare",
                        "-Urm",
                        "sh",
                        "-c",
                        "mount --bind \"$1\" \"$2\" && exec tail -n +1 -f -- \"$2/m.gguf\"",
                        "sh",
                        served.toString(),
                        String.valueOf(model.getParent()))
                .redirectErrorStream(true)
                .start();
        assertThat(new String(server.getInputStream().readNBytes(6), StandardCharsets.UTF_8))
                .isEqualTo("served");
    }

    @AfterEach
    void stop() {
        if (server != null) {
            server.destroy();
        }
    }

    @Test
    void its_files_are_those_that_it_sees() throws IOException {
        LocalProcess process = process();

        Path seen = process.origin().resolve(model.toString());

        assertThat(seen).isEqualTo(Path.of("/proc/" + server.pid() + "/root" + model));
        assertThat(Sha256.of(seen)).isEqualTo(Sha256.of("served"));
        assertThat(new FileTrust(process).doubt(seen)).isEmpty();
    }

    @Test
    void its_memory_is_held_against_the_files_that_it_sees() throws IOException {
        LocalProcess process = process();
        MappedFile program = process.mapped().stream()
                .filter(file -> file.path().equals(process.executable()))
                .findFirst()
                .orElseThrow();

        assertThat(process.executable()).startsWith(Path.of("/proc/" + server.pid() + "/root"));
        assertThat(process.maps(process.executable())).isTrue();
        assertThat(program.is(model, process.mounts())).isFalse();
    }

    @Test
    void a_link_that_leads_elsewhere_here_proves_nothing() throws IOException {
        LocalProcess process = process();
        Path link = process.origin().resolve(model.resolveSibling("link.gguf").toString());

        assertThat(new FileTrust(process).doubt(link))
                .contains(link + " leads elsewhere here than for " + process
                        + ", which has another root; name the file itself there, without links");
    }

    @Test
    void a_launch_names_the_files_that_it_sees() throws IOException {
        LocalProcess process = process();
        FileFlags flags =
                new FileFlags(ArgvFlags.of(List.of("llama-server", "--model", model.toString())), process.origin());

        assertThat(LaunchPaths.files(flags.params()).weights())
                .contains(Path.of("/proc/" + server.pid() + "/root" + model));
    }

    private LocalProcess process() {
        return new ProcFiles(ProcessEvidence.PROC, Clock.systemUTC())
                .numbered(server.pid())
                .seen()
                .orElseThrow();
    }
}
