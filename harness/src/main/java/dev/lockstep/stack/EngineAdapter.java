package dev.lockstep.stack;

/** What the live server of one engine says of itself. */
sealed interface EngineAdapter permits LlamaCppAdapter, VllmAdapter, OllamaAdapter, OpenAiAdapter {

    /** Reads the observed fields; what the server does not say is absent. */
    LayerFacts observe(LiveJson server, String model);

    static EngineAdapter of(Engine engine) {
        return switch (engine) {
            case LLAMA_CPP -> new LlamaCppAdapter();
            case VLLM -> new VllmAdapter();
            case OLLAMA -> new OllamaAdapter();
            case OPENAI -> new OpenAiAdapter();
        };
    }
}
