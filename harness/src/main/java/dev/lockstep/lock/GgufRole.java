package dev.lockstep.lock;

import java.util.Arrays;
import java.util.stream.Collectors;

/** What a GGUF file is for in a stack, which decides the layer of each of its metadata keys. */
enum GgufRole {
    MODEL("model", "model"),
    PROJECTOR("projector", "mmproj"),
    ADAPTER("adapter", "adapter");

    private static final String TEMPLATE = "tokenizer.chat_template";

    private final String key;
    private final String generalType;

    GgufRole(String key, String generalType) {
        this.key = key;
        this.generalType = generalType;
    }

    /** Returns the role that a field prefix begins with: {@code adapter.sql} is an adapter. */
    static GgufRole of(String prefix) {
        return Arrays.stream(values())
                .filter(role -> prefix.equals(role.key) || prefix.startsWith(role.key + "."))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("'" + prefix + "' is no role; expected one of "
                        + Arrays.stream(values()).map(GgufRole::key).collect(Collectors.joining(", "))));
    }

    /** Returns whether a key holds a chat template, the nameless one or a named one, or the list of their names. */
    static boolean isTemplate(String key) {
        return key.startsWith(TEMPLATE);
    }

    String key() {
        return key;
    }

    /** Returns what such a file says of itself in {@code general.type}. */
    String generalType() {
        return generalType;
    }

    /** Returns the layer that holds what would belong to {@code layer} in a model: all of an adapter is one layer. */
    Layer layer(Layer layer) {
        return this == ADAPTER ? Layer.ADAPTERS : layer;
    }

    /** Returns the layer of a metadata key. */
    Layer layer(String metadataKey) {
        return layer(layerInModel(metadataKey));
    }

    private Layer layerInModel(String key) {
        if (isTemplate(key)) {
            return Layer.TEMPLATE;
        }
        if (key.startsWith("tokenizer.")) {
            return Layer.TOKENIZER;
        }
        if (key.startsWith("general.sampling.")) {
            return Layer.GENERATION_DEFAULTS;
        }
        if (isQuantization(key)) {
            return Layer.QUANTIZATION;
        }
        return this == PROJECTOR && isProcessor(key) ? Layer.PROCESSOR : Layer.MODEL_CONFIG;
    }

    private static boolean isQuantization(String key) {
        return key.equals("general.file_type")
                || key.equals("general.quantization_version")
                || key.startsWith("quantize.");
    }

    private static boolean isProcessor(String key) {
        return key.startsWith("clip.") || key.contains(".image_");
    }
}
