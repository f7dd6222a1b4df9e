package dev.lockstep.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a newcomer does by hand: start the stack, lock it, run before anything is approved, stop it. */
@Tag("real")
final class FirstDayRealStackTest {
    private static final Path STACK =
            Wrapper.scripts().resolveSibling("baselines").resolve("tiny-qwen3-vl");

    @TempDir
    Path folder;

    private Path home;
    private Path store;
    private Wrapper wrapper;

    @BeforeEach
    void prepare() throws IOException {
        home = TestHome.in(folder);
        store = folder.resolve("store");
        wrapper = Wrapper.ofCheckout().with("LOCKSTEP_HOME", home.toString());
    }

    @AfterEach
    void stop() throws IOException, InterruptedException {
        wrapper.run("stack", "down", "--all");
        TestHome.release(home);
    }

    @Test
    void goes_from_a_start_to_a_lock_without_a_baseline() throws IOException, InterruptedException {
        Wrapper.Result up = wrapper.run("stack", "up", STACK);
        assertThat(up.exitCode()).as(up.toString()).isZero();
        assertThat(up.output()).matches("tiny-qwen3-vl is up at http://127\\.0\\.0\\.1:\\d+ \\(pid \\d+, log .*\\)\n");

        assertThat(wrapper.run("lock", "--stack", STACK, "--store", store).exitCode())
                .isZero();
        assertThat(wrapper.run("verify", "--stack", STACK, "--store", store).output())
                .endsWith("the stack is the locked one, as far as it can be seen\n");

        Wrapper.Result night =
                wrapper.run("run", "--stack", STACK, "--store", store, "--suites", SmallSuites.text(folder));
        assertThat(night.exitCode()).as(night.toString()).isEqualTo(5);
        assertThat(TestedStack.verdict(night).verdict()).isEqualTo("NO_BASELINE");
        assertThat(TestedStack.named(night, "verdict ").resolveSibling("run.jsonl"))
                .doesNotExist();

        assertThat(wrapper.run("stack", "down", "tiny-qwen3-vl").output()).isEqualTo("stopped tiny-qwen3-vl\n");
        assertThat(wrapper.run("stack", "status").output()).isEqualTo("no stack is up\n");
    }

    @Test
    void says_what_is_wrong_with_a_start() throws IOException, InterruptedException {
        Wrapper.Result typo = wrapper.run("stack", "up", STACK, "--set", "n_ctxx=2048", "--set", "n_batch=many");
        assertThat(typo.exitCode()).isEqualTo(64);
        assertThat(typo.errors()).isEqualTo("""
                stack 'tiny-qwen3-vl': starting xllamacpp 2026.10.11549
                the engine refused the launch (log: HOME/stacks/tiny-qwen3-vl/server.log)
                lockstep: parameter 'n_batch': value "many" does not fit: expected an integer
                parameter 'n_ctxx': unknown to this engine; nearest: n_ctx
                """.replace("HOME", home.toString()));

        Wrapper.Result noModel = wrapper.run("stack", "up", STACK, "--set", "model.path=/nowhere/x.gguf");
        assertThat(noModel.exitCode()).isEqualTo(64);
        assertThat(noModel.errors())
                .isEqualTo(STACK.resolve("stack.yaml")
                        + ": launch: key 'params.model.path': file /nowhere/x.gguf does not exist; name a GGUF file\n");

        Wrapper.Result noEngine = wrapper.run("stack", "up", STACK, "--engine-version", "1.2.3");
        assertThat(noEngine.exitCode()).isEqualTo(64);
        assertThat(noEngine.errors())
                .isEqualTo(
                        "engine version '1.2.3': not pinned here; known: 2026.10.11549, 2026.6.9713, 2026.9.11063\n");
    }

    @Test
    void shows_the_end_of_the_log_when_the_server_crashes() throws IOException, InterruptedException {
        Wrapper.Result crash = wrapper.run("stack", "up", STACK, "--set", "mmproj.path=" + STACK.resolve("stack.yaml"));

        assertThat(crash.exitCode()).isEqualTo(69);
        assertThat(crash.errors())
                .containsOnlyOnce("the server ended with exit code 1 before it was ready; the end of " + home
                        + "/stacks/tiny-qwen3-vl/server.log:\n")
                .contains("invalid magic characters: '# Th', expected 'GGUF'");
        assertThat(wrapper.run("stack", "status").output()).isEqualTo("no stack is up\n");
    }
}
