package dev.lockstep.stack;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lockstep.lock.Layer;

/**
 * Reads {@code /version}, {@code /v1/models} and, where the flag opened it, {@code /tokenizer_info} of vLLM.
 *
 * <p>Its system fingerprint did not change when other weights were put under the same path, so it is no evidence.
 */
record VllmAdapter() implements EngineAdapter {

    @Override
    public LayerFacts observe(LiveJson server, String model) {
        JsonNode card = server.model(model);
        JsonNode tokenizer = server.get("/tokenizer_info");
        LiveChat chat = new LiveChat(server, model);
        return new LayerFacts()
                .putAll(chat.schema().byLayer())
                .putAll(chat.pictures().byLayer())
                .put(Layer.ENGINE, "version", server.get("/version").path("version"))
                .put(Layer.LAUNCH, "maxModelLength", card.path("max_model_len"))
                .put(Layer.PROVENANCE, "root", card.path("root"))
                .put(Layer.TOKENIZER, "class", tokenizer.path("tokenizer_class"))
                .putDigest(Layer.TEMPLATE, "chatTemplate", tokenizer.path("chat_template"));
    }
}
