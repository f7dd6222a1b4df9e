package dev.lockstep.stack;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.lockstep.lock.Layer;
import java.util.List;
import java.util.Set;

/**
 * Reads {@code /props}, {@code /v1/models} and {@code /lora-adapters} of llama.cpp's server.
 *
 * <p>Its media marker is new with each start and its paths belong to the machine: neither is kept.
 */
record LlamaCppAdapter() implements EngineAdapter {
    private static final List<String> MODEL_META = List.of("n_ctx_train", "n_embd", "n_params");
    private static final Set<String> OF_OTHER_LAYERS = Set.of("lora", "speculative.types");

    @Override
    public LayerFacts observe(LiveJson server, String model) {
        LayerFacts facts = new LayerFacts();
        JsonNode props = server.get("/props");
        fromProps(props, facts);
        fromModel(server.firstModel().path("meta"), facts);
        adapters(server.get("/lora-adapters"), facts);
        LiveChat chat = new LiveChat(server, model);
        if (props.has("build_info")) {
            facts.putAll(chat.schema().byLayer());
        }
        if (props.path("modalities").path("vision").asBoolean()) {
            facts.putAll(chat.pictures().byLayer());
        }
        return facts;
    }

    private static void fromProps(JsonNode props, LayerFacts facts) {
        facts.putDigest(Layer.TEMPLATE, "chatTemplate", props.path("chat_template"))
                .put(Layer.TOKENIZER, "bosToken", props.path("bos_token"))
                .put(Layer.TOKENIZER, "eosToken", props.path("eos_token"))
                .put(Layer.QUANTIZATION, "fileType", props.path("model_ftype"))
                .put(Layer.ENGINE, "buildInfo", props.path("build_info"))
                .put(Layer.LAUNCH, "slots", props.path("total_slots"));
        if (isMultimodal(props.path("modalities"))) {
            facts.put(Layer.PROCESSOR, "modalities", props.path("modalities"));
        }
        JsonNode defaults = props.path("default_generation_settings");
        facts.put(Layer.LAUNCH, "contextTokens", defaults.path("n_ctx"));
        defaults.path("params").properties().forEach(setting -> {
            if (!OF_OTHER_LAYERS.contains(setting.getKey())) {
                facts.put(Layer.GENERATION_DEFAULTS, setting.getKey(), setting.getValue());
            }
        });
    }

    private static void fromModel(JsonNode meta, LayerFacts facts) {
        MODEL_META.forEach(field -> facts.put(Layer.MODEL_CONFIG, field, meta.path(field)));
        facts.put(Layer.TOKENIZER, "n_vocab", meta.path("n_vocab"));
        facts.put(Layer.TOKENIZER, "vocab_type", meta.path("vocab_type"));
    }

    private static void adapters(JsonNode adapters, LayerFacts facts) {
        if (adapters.isEmpty()) {
            return;
        }
        ArrayNode scales = JsonNodeFactory.instance.arrayNode();
        adapters.forEach(adapter -> scales.add(adapter.path("scale")));
        facts.put(Layer.ADAPTERS, "scales", scales);
    }

    private static boolean isMultimodal(JsonNode modalities) {
        for (JsonNode modality : modalities) {
            if (modality.asBoolean()) {
                return true;
            }
        }
        return false;
    }
}
