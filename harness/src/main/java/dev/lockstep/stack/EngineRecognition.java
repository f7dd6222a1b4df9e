package dev.lockstep.stack;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * Tells which engine answers.
 *
 * <p>Servers imitate each other: SGLang answers {@code /api/tags} and {@code /api/show} with made-up digests, TabbyAPI has a
 * {@code /props}. So each engine must show something that its imitators lack.
 */
public final class EngineRecognition {

    private EngineRecognition() {}

    /** Returns the engine; {@link Engine#OPENAI} when it shows no more than the chat format. */
    public static Engine recognise(LiveEndpoint endpoint) {
        LiveJson server = new LiveJson(endpoint);
        if (isLlamaCpp(server)) {
            return Engine.LLAMA_CPP;
        }
        if (isVllm(server)) {
            return Engine.VLLM;
        }
        return isOllama(server) ? Engine.OLLAMA : Engine.OPENAI;
    }

    private static boolean isLlamaCpp(LiveJson server) {
        JsonNode props = server.get("/props");
        return props.path("default_generation_settings").path("params").isObject();
    }

    private static boolean isVllm(LiveJson server) {
        return server.firstModel().path("owned_by").asText().equals("vllm")
                && server.get("/version").path("version").isTextual();
    }

    private static boolean isOllama(LiveJson server) {
        return server.text("/").strip().equals("Ollama is running")
                && server.get("/api/version").path("version").isTextual();
    }
}
