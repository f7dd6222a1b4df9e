package dev.lockstep.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.lockstep.document.ErrorKind;
import dev.lockstep.document.LockstepException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("real")
final class ManagedStackRealStackTest {
    private final EmbeddedStack embedded = new EmbeddedStack();

    @TempDir
    Path folder;

    @AfterEach
    void stop() {
        embedded.close();
    }

    @Test
    void starts_finds_recognises_describes_and_ends_a_stack() throws IOException {
        StackConfig config = embedded.config(folder, "managed-real");
        LiveEndpoint endpoint = embedded.up(config, LaunchOverrides.none());

        RunningStack found = embedded.stacks().find("managed-real").orElseThrow();
        assertThat(found.url()).isEqualTo(endpoint.url());
        assertThat(Epochs.current(config, endpoint)).isEqualTo(found.pid() + ":" + found.startTime());
        assertThat(EngineRecognition.recognise(endpoint)).isEqualTo(Engine.LLAMA_CPP);

        StackConfig first = StackConfigReader.read(StackInit.write(endpoint, folder.resolve("init")));
        assertThat(first.engine()).isEqualTo(Engine.LLAMA_CPP);
        assertThat(first.visibility()).isEqualTo(StackConfig.Visibility.VISIBLE);
        assertThat(first.files()).isEqualTo(config.files());

        assertThat(embedded.stacks().down("managed-real")).isTrue();
        assertThat(embedded.stacks().find("managed-real")).isEmpty();
    }

    @Test
    void shows_the_launchers_words_for_a_parameter_that_the_engine_does_not_know() throws IOException {
        StackConfig config = embedded.config(folder, "managed-real-typo");

        assertThatThrownBy(() -> embedded.up(config, LaunchOverrides.none().with("n_ctxx", IntNode.valueOf(1))))
                .isInstanceOfSatisfying(
                        LockstepException.class,
                        failure -> assertThat(failure.kind()).isEqualTo(ErrorKind.CONFIG))
                .hasMessageContaining("parameter 'n_ctxx': unknown to this engine; nearest: n_ctx");
    }

    @Test
    void shows_the_end_of_the_log_when_the_server_crashes() throws IOException {
        StackConfig config = embedded.config(folder, "managed-real-crash");
        Path broken = Files.writeString(folder.resolve("broken.gguf"), "no model");

        assertThatThrownBy(() -> embedded.up(
                        config, LaunchOverrides.none().with("model.path", TextNode.valueOf(broken.toString()))))
                .isInstanceOfSatisfying(
                        LockstepException.class,
                        failure -> assertThat(failure.kind()).isEqualTo(ErrorKind.ENDPOINT))
                .hasMessageContaining("broken.gguf");
    }
}
