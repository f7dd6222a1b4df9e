package dev.lockstep.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.client.EndpointConfig;
import dev.lockstep.client.ModelClient;
import dev.lockstep.client.ModelClients;
import dev.lockstep.document.ErrorKind;
import dev.lockstep.document.LockstepException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class StackInitTest {
    @TempDir
    Path folder;

    @Test
    void writes_an_opaque_stack_that_can_be_read_when_the_listener_is_no_engine() {
        try (ServerDouble vllm = ServerDouble.vllm()) {
            Path file = StackInit.write(vllm.endpoint(), folder.resolve("mine"));

            StackConfig config = StackConfigReader.read(file);
            assertThat(config.name()).isEqualTo("mine");
            assertThat(config.engine()).isEqualTo(Engine.VLLM);
            assertThat(config.model()).isEqualTo("tiny");
            assertThat(config.visibility()).isEqualTo(StackConfig.Visibility.OPAQUE);
            assertThat(config.endpoint().url()).contains(vllm.url());
            assertThat(file)
                    .content()
                    .contains("# process " + ProcessHandle.current().pid() + " (java) is no known engine");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "mine, mine",
        "Mine too (2), mine-too-2-",
        "_7b, 7b",
        "team/qwen, qwen",
        "qwen3.gguf, qwen3.gguf",
        "---, stack"
    })
    void names_the_stack_after_its_folder(String given, String name) {
        try (ServerDouble generic = ServerDouble.generic()) {
            Path file = StackInit.write(generic.endpoint(), folder.resolve(given));

            assertThat(StackConfigReader.read(file).name()).isEqualTo(name);
        }
    }

    @Test
    void leaves_an_existing_file_alone() throws IOException {
        Path file = Files.writeString(folder.resolve("stack.yaml"), "mine");
        try (ServerDouble generic = ServerDouble.generic()) {
            assertThatThrownBy(() -> StackInit.write(generic.endpoint(), folder))
                    .hasMessage(file + ": is there already; name another folder, or delete it");
        }
        assertThat(file).hasContent("mine");
    }

    @Test
    void says_that_nothing_answers() throws IOException {
        URI url = freeUrl();
        EndpointConfig plain = EndpointConfig.of(url);
        EndpointConfig once = new EndpointConfig(
                url, plain.credential(), Map.of(), Optional.empty(), Optional.empty(), 1, Duration.ofSeconds(5), 0);
        try (ModelClient client = ModelClients.open(once, Map.of())) {
            assertThatThrownBy(() -> StackInit.write(LiveEndpoint.of(url, client, Clock.systemUTC()), folder))
                    .isInstanceOfSatisfying(
                            LockstepException.class,
                            failure -> assertThat(failure.kind()).isEqualTo(ErrorKind.ENDPOINT))
                    .hasMessageStartingWith(url + "/v1/models: does not answer (")
                    .hasMessageEndingWith("); correct the URL, or start the server");
        }
    }

    @Test
    void says_how_to_go_on_when_the_server_wants_a_token() {
        try (ServerDouble closed = ServerDouble.unauthorised()) {
            assertThatThrownBy(() -> StackInit.write(closed.endpoint(), folder))
                    .hasMessage(closed.url() + "/v1/models: refuses the credentials (HTTP 401); init sends none: write"
                            + " stack.yaml by hand, with endpoint.token_file or endpoint.token_env");
        }
    }

    @Test
    void says_that_no_model_is_listed() {
        try (ServerDouble other = new ServerDouble()) {
            assertThatThrownBy(() -> StackInit.write(other.endpoint(), folder))
                    .hasMessage(
                            other.url() + "/v1/models: is no list of models (HTTP 404), so this is no OpenAI server, or"
                                    + " not its root; correct the URL");
        }
        try (ServerDouble empty = new ServerDouble().with("/v1/models", "{\"data\":[]}")) {
            assertThatThrownBy(() -> StackInit.write(empty.endpoint(), folder))
                    .hasMessage(empty.url() + "/v1/models: lists no model; write stack.yaml by hand");
        }
    }

    private static URI freeUrl() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return URI.create("http://127.0.0.1:" + socket.getLocalPort());
        }
    }
}
