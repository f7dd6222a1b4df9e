package dev.lockstep.stack;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a real llama.cpp answers, at two of its starts. */
@Tag("real")
final class CapturesRealStackTest {
    @TempDir
    Path folder;

    @Test
    void two_starts_of_a_server_leave_the_same_bytes() throws IOException {
        Captures first = atOneStart();

        assertThat(atOneStart()).isEqualTo(first);
        assertThat(first.bodies()).containsOnlyKeys("lora-adapters.json", "props.json", "v1_models.json");
        JsonNode props = first.bodies().getOrDefault("props.json", MissingNode.getInstance());
        assertThat(props.path("media_marker").asText()).isEqualTo("${random}");
        assertThat(props.path("chat_template").asText()).contains("<|im_start|>");
    }

    private Captures atOneStart() throws IOException {
        try (EmbeddedStack embedded = new EmbeddedStack()) {
            StackConfig config = embedded.config(folder, "captures-real");
            return Observation.of(config, embedded.up(config, LaunchOverrides.none()))
                    .captures();
        }
    }
}
