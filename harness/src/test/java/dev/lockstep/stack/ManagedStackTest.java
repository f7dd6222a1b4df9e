package dev.lockstep.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.IntNode;
import dev.lockstep.document.ErrorKind;
import dev.lockstep.document.LockstepException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With a small stand-in for the launcher; the real one is tried in the tests tagged real. */
final class ManagedStackTest {
    @TempDir
    Path folder;

    private final List<String> progress = new ArrayList<>();
    private StackConfig config;

    @BeforeEach
    void layOut() throws IOException {
        config = StackConfigReader.read(Files.writeString(folder.resolve("stack.yaml"), """
                schema: stack/1
                name: tiny
                engine: llama.cpp
                model: tiny
                endpoint: {url: managed}
                launch: {package: xllamacpp, version: 2026.10.11549, params: {model.path: x.gguf}}
                """));
    }

    @Test
    void passes_the_launch_on_and_reads_the_running_stack() throws IOException {
        launcher("""
                import json, sys
                print("starting", file=sys.stderr)
                launch = json.load(open(sys.argv[sys.argv.index("--launch") + 1]))
                print(json.dumps({"name": sys.argv[5], "url": "http://127.0.0.1:1", "port": 1, "pid": 7,
                    "startTime": "11", "engineUrl": "http://127.0.0.1:2", "log": "/l", "launch": launch["params"],
                    "package": launch["package"], "version": launch["version"], "opaque": launch["opaque"]}))
                """);

        RunningStack running =
                stacks().up(config, LaunchOverrides.none().withName("other").with("n_ctx", IntNode.valueOf(64)));

        assertThat(running.name()).isEqualTo("other");
        assertThat(running.pid()).isEqualTo(7);
        assertThat(running.startTime()).isEqualTo("11");
        assertThat(running.version()).isEqualTo("2026.10.11549");
        assertThat(running.launch()).hasToString("{\"model.path\":\"" + folder.resolve("x.gguf") + "\",\"n_ctx\":64}");
        assertThat(progress).containsExactly("starting");
        assertThat(folder.resolve("home")).isEmptyDirectory();
    }

    @Test
    void gives_the_launcher_its_environment() throws IOException {
        launcher("import json, os; print(json.dumps([{'name': os.environ['SAID']}]))");

        assertThat(stacks().downAll()).containsExactly("by the test");
    }

    @Test
    void turns_each_exit_code_into_its_kind_with_the_launchers_words() throws IOException {
        Map<Integer, ErrorKind> kinds = Map.of(
                1, ErrorKind.ENDPOINT, 64, ErrorKind.CONFIG, 69, ErrorKind.PREREQUISITE, 70, ErrorKind.PREREQUISITE);
        for (Map.Entry<Integer, ErrorKind> each : kinds.entrySet()) {
            launcher("import sys; print('the end of the log', file=sys.stderr); sys.exit(" + each.getKey() + ")");
            String place = each.getValue() == ErrorKind.CONFIG ? config.file() + ": launch: " : "";

            assertThatThrownBy(() -> stacks().up(config, LaunchOverrides.none()))
                    .isInstanceOfSatisfying(
                            LockstepException.class,
                            failure -> assertThat(failure.kind()).isEqualTo(each.getValue()))
                    .hasMessage(place + "the end of the log");
        }
    }

    @Test
    void says_the_last_words_once_and_names_the_users_file_in_them() throws IOException {
        launcher("""
                import sys
                print('starting', file=sys.stderr)
                print('stack.py: ' + sys.argv[-1] + ": key 'params': missing", file=sys.stderr)
                print('and more', file=sys.stderr)
                sys.exit(64)
                """);

        assertThatThrownBy(() -> stacks().up(config, LaunchOverrides.none()))
                .hasMessage(config.file() + ": launch: key 'params': missing\nand more");
        assertThat(progress).containsExactly("starting");
    }

    @Test
    void says_that_the_launcher_is_missing() {
        assertThatThrownBy(() -> stacks().status())
                .hasMessage(folder.resolve("scripts/embedded/stack.py")
                        + ": there is no such file; run from a checkout, or name its folder 'scripts'");
    }

    @Test
    void says_that_python_is_missing() {
        assertThatThrownBy(() -> new Python(Map.of("PATH", folder.toString())).find())
                .hasMessage("no python3 of version 3.10 or newer on PATH; the embedded engine needs it: install Python,"
                        + " then run this again");
    }

    private ManagedStack stacks() {
        Map<String, String> environment = Map.of("PATH", System.getenv("PATH"), "SAID", "by the test");
        return new ManagedStack(folder.resolve("home"), folder.resolve("scripts"), environment, progress::add);
    }

    private void launcher(String python) throws IOException {
        Path embedded = Files.createDirectories(folder.resolve("scripts/embedded"));
        Files.writeString(embedded.resolve("stack.py"), python);
    }
}
