package dev.lockstep.stack;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A stack that Lockstep started.
 *
 * @param url where it is asked; the proxy's when the stack is opaque
 * @param pid the engine's process
 * @param startTime when the kernel says that it started, in clock ticks since boot; empty where the system does not tell
 * @param engineUrl where the engine itself listens
 * @param launch the engine parameters that it was started with
 * @param alive whether all its processes still run
 * @param videoHint why it takes no video, and what to do; empty when it does or needs none
 */
public record RunningStack(
        String name,
        URI url,
        long pid,
        String startTime,
        URI engineUrl,
        Path log,
        String packageName,
        String version,
        boolean opaque,
        JsonNode launch,
        boolean alive,
        Optional<String> videoHint) {

    static RunningStack of(JsonNode state) {
        return new RunningStack(
                state.path("name").asText(),
                URI.create(state.path("url").asText()),
                state.path("pid").asLong(),
                state.path("startTime").asText(""),
                URI.create(state.path("engineUrl").asText()),
                Path.of(state.path("log").asText()),
                state.path("package").asText(),
                state.path("version").asText(),
                state.path("opaque").asBoolean(),
                state.path("launch"),
                state.path("alive").asBoolean(true),
                Optional.ofNullable(state.get("videoHint")).map(JsonNode::asText));
    }
}
