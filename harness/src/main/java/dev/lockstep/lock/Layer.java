package dev.lockstep.lock;

import java.util.Arrays;
import java.util.Optional;

/** A part of a stack that can move on its own; the order is that of a prompt's way to an answer. */
public enum Layer {
    PROVENANCE("provenance"),
    WEIGHTS("weights"),
    QUANTIZATION("quantization"),
    TOKENIZER("tokenizer"),
    TEMPLATE("template"),
    MODEL_CONFIG("modelConfig"),
    PROCESSOR("processor"),
    GENERATION_DEFAULTS("generationDefaults"),
    ADAPTERS("adapters"),
    DERIVATION("derivation"),
    ENGINE("engine"),
    LAUNCH("launch"),
    HARDWARE("hardware");

    private final String key;

    Layer(String key) {
        this.key = key;
    }

    /** Returns the name in files and messages. */
    public String key() {
        return key;
    }

    public static Optional<Layer> of(String key) {
        return Arrays.stream(values()).filter(layer -> layer.key.equals(key)).findFirst();
    }

    @Override
    public String toString() {
        return key;
    }
}
