package dev.lockstep.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A machine that lacks something: exit code 69, and what to install. */
@Tag("real")
final class MissingPartsRealStackTest {
    private static final Path STACK = Wrapper.scripts()
            .resolveSibling("baselines")
            .resolve("tiny-qwen3-vl")
            .resolve("stack.yaml");

    @TempDir
    Path folder;

    private final Wrapper wrapper = Wrapper.ofCheckout();

    @AfterEach
    void release() throws IOException {
        path().release();
    }

    @Test
    void says_which_jdk_is_missing() throws IOException, InterruptedException {
        Wrapper.Result result = wrapper.with("PATH", pathWithout("java"))
                .with("LOCKSTEP_JAVA_HOME", folder.toString())
                .with("JAVA_HOME", folder.toString())
                .with("LOCKSTEP_JDK_FOLDERS", folder.toString())
                .run("--version");

        assertMissing(
                result,
                "lockstep: no JDK 21 or newer was found; install one (for example temurin-25-jdk), or name its folder in"
                        + " LOCKSTEP_JAVA_HOME");
    }

    @Test
    void says_that_maven_is_missing_when_the_jar_must_be_built() throws IOException, InterruptedException {
        Path checkout = folder.resolve("checkout");
        Path scripts = Files.createDirectories(checkout.resolve("scripts"));
        Files.copy(Wrapper.scripts().resolveSibling("pom.xml"), checkout.resolve("pom.xml"));
        try (DirectoryStream<Path> all = Files.newDirectoryStream(Wrapper.scripts(), Files::isRegularFile)) {
            for (Path script : all) {
                Files.copy(script, scripts.resolve(script.getFileName()));
            }
        }

        Wrapper.Result result = new Wrapper(scripts.resolve("lockstep"), wrapper.environment())
                .with("PATH", pathWithout("mvn"))
                .run("--version");

        assertMissing(
                result, "lockstep: Maven (mvn) was not found, and the jar must be built; install Maven 3.8 or newer");
    }

    @Test
    void says_that_python_is_missing_or_too_old() throws IOException, InterruptedException {
        String path = pathWithout("python");
        Wrapper.Result none = wrapper.with("PATH", path).run("stack", "up", STACK, "--home", folder);
        Files.createSymbolicLink(Path.of(path, "python3"), Path.of("/bin/false"));
        Wrapper.Result old = wrapper.with("PATH", path).run("stack", "up", STACK, "--home", folder);

        String message =
                "no python3 of version 3.10 or newer on PATH; the embedded engine needs it: install Python, then"
                        + " run this again";
        assertMissing(none, message);
        assertMissing(old, message);
    }

    @Test
    void says_how_to_get_what_decodes_videos_and_asks_nothing() throws IOException, InterruptedException {
        Path home = TestHome.withoutVideoToolsIn(folder);
        Wrapper bare =
                wrapper.with("PATH", pathWithout("ffmpeg", "ffprobe", "npm")).with("LOCKSTEP_HOME", home.toString());
        Path store = folder.resolve("store");
        try {
            Wrapper.Result up = bare.run("stack", "up", STACK);
            bare.run("lock", "--stack", STACK, "--store", store);
            Wrapper.Result recorded = bare.run(
                    "baseline",
                    "record",
                    "--runs",
                    1,
                    "--stack",
                    STACK,
                    "--store",
                    store,
                    "--suites",
                    SmallSuites.shipped().resolve("tiny-video"));

            String hint =
                    "no video input: install ffmpeg and ffprobe with the system's package manager so that both are on"
                            + " PATH (or, on Linux x86-64, install npm), then take the stack down and up again (command not found:"
                            + " npm; install it, then run this again)";
            assertThat(up.exitCode()).as(up.toString()).isZero();
            assertThat(up.output()).endsWith("\nno video: " + hint + "\n");
            assertThat(recorded.exitCode()).as(recorded.toString()).isEqualTo(69);
            assertThat(recorded.errors())
                    .endsWith("the plan holds videos, but this stack cannot decode them: " + hint + "\n");
            assertThat(home.resolve("runs")).doesNotExist();
        } finally {
            bare.run("stack", "down", "--all");
            TestHome.release(home);
        }
    }

    private String pathWithout(String... prefixes) throws IOException {
        return path().without(List.of(prefixes));
    }

    private SearchPath path() {
        return new SearchPath(folder.resolve("bin"));
    }

    private static void assertMissing(Wrapper.Result result, String message) {
        assertThat(result.exitCode()).as(result.toString()).isEqualTo(69);
        assertThat(result.errors()).isEqualTo(message + "\n");
        assertThat(result.output()).isEmpty();
    }
}
