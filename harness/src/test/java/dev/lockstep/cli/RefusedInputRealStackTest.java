package dev.lockstep.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Wrong usage and unreadable input, through the script: exit code 64, and every mistake at once. */
@Tag("real")
final class RefusedInputRealStackTest {
    private static final Path BAD = Path.of("src", "test", "resources", "bad");
    private static final Path SUITE = BAD.resolve("five-mistakes").resolve("suite.yaml");

    private final Wrapper wrapper = Wrapper.ofCheckout();

    @Test
    void refuses_an_unknown_option() throws IOException, InterruptedException {
        Wrapper.Result result = wrapper.run("stack", "status", "--jason");

        assertThat(result.exitCode()).isEqualTo(64);
        assertThat(result.errors())
                .isEqualTo("""
                unknown option '--jason'; did you mean '--json'?
                for all options: SCRIPT stack status --help
                """.replace("SCRIPT", wrapper.script().toString()));
        assertThat(result.output()).isEmpty();
    }

    @Test
    void reports_all_five_mistakes_of_a_suite() throws IOException, InterruptedException {
        Wrapper.Result result = wrapper.run("suite", "check", SUITE);

        assertThat(result.exitCode()).isEqualTo(64);
        assertThat(result.errors()).isEqualTo("""
                SUITE:4:40: suite: 'sampling.max_tokens' is 0; expected a whole number from 1 on
                SUITE:9:15: case 'sum': there is no scorer 'exakt'; did you mean 'exact'?
                SUITE:10:9: case 'sum': line 6 has this id already; give each case its own
                SUITE:13:15: case 'sum': scorer 'exact' needs 'reference.answers', a list of texts; add it
                SUITE:16:13: case 'picture': the suite declares no media 'square.png'; declare it under 'media' of the suite
                5 problems
                """.replace("SUITE", SUITE.toString()));
    }

    @Test
    void refuses_to_run_a_suite_with_mistakes() throws IOException, InterruptedException {
        Path stack = Wrapper.scripts().resolveSibling("baselines").resolve("tiny-qwen3-vl");

        Wrapper.Result result = wrapper.run("run", "--stack", stack, "--suites", SUITE);

        assertThat(result.exitCode()).isEqualTo(64);
        assertThat(result.errors()).startsWith(SUITE + ":4:40: ").endsWith("\n5 problems\n");
    }

    @Test
    void refuses_a_stack_that_cannot_be_read() throws IOException, InterruptedException {
        Path stack = BAD.resolve("stack").resolve("launch.yaml");

        Wrapper.Result result = wrapper.run("stack", "up", stack);

        assertThat(result.exitCode()).isEqualTo(64);
        assertThat(result.errors()).isEqualTo("""
                STACK:5:17: endpoint: 'url' is 'http://127.0.0.1:8080/v1'; expected http(s)://host:port without /v1, or 'managed'
                STACK:6:9: launch needs 'version'; write the engine's version, such as 2026.10.11549
                STACK:6:38: launch: 'params' needs 'model.path'; name the GGUF file to serve
                3 problems
                """.replace("STACK", stack.toString()));
    }
}
