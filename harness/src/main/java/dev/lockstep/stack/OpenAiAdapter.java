package dev.lockstep.stack;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lockstep.lock.Layer;

/** Reads {@code /v1/models}, all that the plain chat format has. */
record OpenAiAdapter() implements EngineAdapter {

    @Override
    public LayerFacts observe(LiveJson server, String model) {
        JsonNode card = server.model(model);
        return new LayerFacts()
                .put(Layer.PROVENANCE, "model", card.path("id"))
                .put(Layer.PROVENANCE, "ownedBy", card.path("owned_by"));
    }
}
