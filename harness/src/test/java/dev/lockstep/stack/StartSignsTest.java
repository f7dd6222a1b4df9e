package dev.lockstep.stack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.document.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What tells one start of a server from the next, seen from anywhere. */
final class StartSignsTest {
    private static final String METRICS = """
            # HELP process_start_time_seconds Start time of the process since unix epoch in seconds.
            # TYPE process_start_time_seconds gauge
            process_start_time_seconds 1.76043621e+09
            """;

    @TempDir
    Path folder;

    @Test
    void llama_cpp_shows_a_marker() throws IOException {
        try (ServerDouble server = new ServerDouble().with("/props", "{\"media_marker\":\"<__media_1__>\"}")) {
            assertThat(signs("llama.cpp", "visible", server).shown())
                    .contains("marker:" + Sha256.of("<__media_1__>").substring(0, 16));
        }
    }

    @Test
    void servers_in_python_show_when_they_were_started() throws IOException {
        try (ServerDouble server = ServerDouble.vllm().with("/metrics", METRICS)) {
            assertThat(signs("vllm", "visible", server).shown()).contains("started:1.76043621e+09");
        }
    }

    @Test
    void others_show_nothing_and_an_opaque_stack_is_not_asked() throws IOException {
        try (ServerDouble server = ServerDouble.generic()) {
            assertThat(signs("openai", "visible", server).shown()).isEmpty();
            server.with("/metrics", METRICS);
            assertThat(signs("openai", "opaque", server))
                    .isEqualTo(new StartSigns(Optional.empty(), Optional.empty(), "", Optional.empty()));
        }
    }

    @Test
    void a_process_that_is_no_engine_is_not_what_answers() throws IOException {
        try (ServerDouble server = ServerDouble.generic()) {
            assertThat(signs("openai", "visible", server).process()).isEmpty();
            assertThat(server.endpoint().process()).isInstanceOf(ProcessEvidence.Seen.class);
        }
    }

    private StartSigns signs(String engine, String visibility, ServerDouble server) throws IOException {
        StackConfig config = StackConfigReader.read(
                Files.writeString(folder.resolve("stack.yaml"), """
                schema: stack/1
                name: tiny
                engine: %s
                model: tiny
                visibility: %s
                endpoint: {url: "%s"}
                """.formatted(engine, visibility, server.url())));
        return StartSigns.of(config, server.endpoint());
    }
}
