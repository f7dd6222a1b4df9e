package dev.lockstep.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How the start script builds the jar, in a checkout whose Maven and JDK are small scripts. */
class WrapperBuildTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final long LOOK_AGAIN_NANOS = 20_000_000;

    @TempDir
    Path folder;

    private FakeCheckout checkout;

    @BeforeEach
    void prepare() throws IOException {
        checkout = FakeCheckout.in(folder);
    }

    @AfterEach
    void release() throws IOException {
        checkout.letMavenGoOn();
    }

    @Test
    void builds_once_and_then_only_starts() throws IOException, InterruptedException {
        checkout.letMavenGoOn();

        Wrapper.Result first = checkout.wrapper().run("run", "--stack", "my stack");
        Wrapper.Result second = checkout.wrapper().run("--version");

        assertThat(first.exitCode()).as(first.toString()).isZero();
        assertThat(first.output())
                .isEqualTo("java -Dlockstep.command=" + checkout.script() + " run --stack my stack\n");
        assertThat(first.errors())
                .isEqualTo(
                        "lockstep: building the jar, 1 to 2 minutes; what Maven says goes to " + checkout.log() + "\n");
        assertThat(second.errors()).isEmpty();
        assertThat(checkout.builds()).isEqualTo(1);
    }

    @Test
    void builds_again_what_changed() throws IOException, InterruptedException {
        checkout.letMavenGoOn();
        checkout.wrapper().run("--version");
        checkout.changeSource();

        checkout.wrapper().run("--version");

        assertThat(checkout.builds()).isEqualTo(2);
    }

    @Test
    void a_second_start_waits_for_the_build_of_the_first() throws IOException, InterruptedException {
        Wrapper.Running first = checkout.wrapper().start("--version");
        awaitText(first.errors(), "lockstep: building the jar (");
        Wrapper.Running second = checkout.wrapper().start("--version");
        awaitText(second.errors(), "\n");
        checkout.letMavenGoOn();

        assertThat(first.await().exitCode()).isZero();
        Wrapper.Result waited = second.await();
        assertThat(waited.exitCode()).isZero();
        assertThat(waited.errors())
                .isEqualTo("lockstep: another start (process " + first.process().pid()
                        + ") builds the jar; waiting for it\n");
        assertThat(checkout.builds()).isEqualTo(1);
        assertThat(checkout.leftovers()).isEmpty();
    }

    @Test
    void takes_over_from_a_start_that_died() throws IOException, InterruptedException {
        checkout.letMavenGoOn();
        Process gone = new ProcessBuilder("true").start();
        gone.waitFor();
        checkout.lockFor(gone.pid());

        Wrapper.Result result = checkout.wrapper().run("--version");

        assertThat(result.exitCode()).as(result.toString()).isZero();
        assertThat(checkout.leftovers()).isEmpty();
    }

    @Test
    void shows_what_maven_says_only_when_the_build_fails() throws IOException, InterruptedException {
        checkout.letMavenFail("[INFO] Scanning\n[ERROR] Main.java:[3,1] no\n");

        Wrapper.Result result = checkout.wrapper().run("--version");

        assertThat(result.exitCode()).isEqualTo(69);
        assertThat(result.output()).isEmpty();
        assertThat(result.errors()).isEqualTo("""
                lockstep: building the jar, 1 to 2 minutes; what Maven says goes to LOG
                [ERROR] Main.java:[3,1] no
                lockstep: the build failed; the lines above say why, and LOG holds all of them
                """.replace("LOG", checkout.log().toString()));
        assertThat(checkout.leftovers()).isEmpty();
    }

    @Test
    void never_runs_a_jar_that_a_build_did_not_make() throws IOException, InterruptedException {
        checkout.letMavenMakeNothing();

        Wrapper.Result result = checkout.wrapper().run("--version");

        assertThat(result.exitCode()).isEqualTo(70);
        assertThat(result.output()).isEmpty();
        assertThat(result.errors()).isEqualTo("""
                lockstep: building the jar, 1 to 2 minutes; what Maven says goes to LOG
                lockstep: the build ended well, but JAR is not there; please report it with LOG
                """.replace("LOG", checkout.log().toString())
                .replace("JAR", checkout.built().toString()));
        assertThat(checkout.built()).doesNotExist();
        assertThat(checkout.leftovers()).isEmpty();
    }

    @Test
    void an_end_in_mid_build_leaves_neither_maven_nor_a_lock() throws IOException, InterruptedException {
        Wrapper.Running start = checkout.wrapper().start("--version");
        ProcessHandle maven = ProcessHandle.of(
                        Long.parseLong(awaitText(checkout.mavenProcess(), "\n").strip()))
                .orElseThrow();

        start.process().destroy();

        assertThat(start.await().exitCode()).isEqualTo(143);
        assertThat(maven.isAlive()).isFalse();
        assertThat(checkout.leftovers()).isEmpty();
    }

    /** Waits until a file holds a text, and returns all of it. */
    private static String awaitText(Path file, String text) throws IOException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (System.nanoTime() < end) {
            String now = text(file);
            if (now.contains(text)) {
                return now;
            }
            LockSupport.parkNanos(LOOK_AGAIN_NANOS);
        }
        throw new AssertionError(file + " does not hold '" + text + "' but '" + text(file) + "'");
    }

    private static String text(Path file) throws IOException {
        try {
            return Files.readString(file);
        } catch (NoSuchFileException e) {
            return "";
        }
    }
}
