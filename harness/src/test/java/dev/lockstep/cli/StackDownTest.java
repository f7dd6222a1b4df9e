package dev.lockstep.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.job.Invocation;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Stopping what does not run: no harm where it once ran, a mistake where nobody ever heard of it. */
class StackDownTest {
    @TempDir
    Path home;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void a_stack_that_is_down_already_does_no_harm() throws IOException {
        Files.createDirectories(home.resolve("stacks/mine"));

        assertThat(down("mine")).isZero();
        assertThat(out).hasToString("stack 'mine' was not up\n");
        assertThat(err).hasToString("");
    }

    @Test
    void no_stack_at_all_does_no_harm() {
        assertThat(down("--all")).isZero();
        assertThat(out).hasToString("no stack was up\n");
        assertThat(err).hasToString("");
    }

    @Test
    void a_name_that_nobody_used_is_a_mistake() {
        assertThat(down("mine")).isEqualTo(ExitCode.USAGE);
        assertThat(err).hasToString("no stack 'mine' was ever started under " + home + "; no stack is up\n");
    }

    @Test
    void a_folder_or_a_mistyped_name_is_answered_with_the_nearest_name() throws IOException {
        Files.createDirectories(home.resolve("stacks/tiny-qwen3-vl"));

        assertThat(down("baselines/tiny-qwen3-vl/")).isEqualTo(ExitCode.USAGE);
        assertThat(down("tiny-qwen3")).isEqualTo(ExitCode.USAGE);
        assertThat(err).hasToString("""
                no stack 'baselines/tiny-qwen3-vl/' was ever started under HOME; no stack is up; did you mean 'tiny-qwen3-vl'?
                no stack 'tiny-qwen3' was ever started under HOME; no stack is up; did you mean 'tiny-qwen3-vl'?
                """.replace("HOME", home.toString()));
    }

    private int down(String which) {
        return Main.commandLine(Invocation.standard())
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute("stack", "down", which, "--home", home.toString());
    }
}
