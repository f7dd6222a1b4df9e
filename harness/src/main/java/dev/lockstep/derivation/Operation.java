package dev.lockstep.derivation;

import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/** A way in which a model comes from another one. */
public enum Operation {
    QUANTIZE("quantize", Need.NOTHING_MORE, Touch.TYPES),
    CONVERT("convert", Need.NOTHING_MORE, Touch.TYPES),
    LORA_MERGE("lora-merge", Need.ADAPTER_OR_CHANGES, Touch.NUMBERS),
    DORA_MERGE("dora-merge", Need.ADAPTER_OR_CHANGES, Touch.NUMBERS),
    LORA_RUNTIME("lora-runtime", Need.ADAPTER, Touch.NOTHING),
    DORA_RUNTIME("dora-runtime", Need.ADAPTER, Touch.NOTHING),
    PROMPT_BAKING("prompt-baking", Need.CHANGES, Touch.NUMBERS),
    CONTEXT_DISTILLATION("context-distillation", Need.CHANGES, Touch.NUMBERS),
    ROME("rome", Need.CHANGES, Touch.NUMBERS),
    MEMIT("memit", Need.CHANGES, Touch.NUMBERS),
    LINEAR_MERGE("linear-merge", Need.OTHER, Touch.NUMBERS),
    SLERP_MERGE("slerp-merge", Need.OTHER, Touch.NUMBERS);

    private final String key;
    private final Need need;
    private final Touch touch;

    Operation(String key, Need need, Touch touch) {
        this.key = key;
        this.need = need;
        this.touch = touch;
    }

    /** What must be said of an operation beside its base. */
    enum Need {
        NOTHING_MORE,
        ADAPTER,
        CHANGES,
        ADAPTER_OR_CHANGES,
        OTHER
    }

    /** What an operation does to the tensors that it may change. */
    enum Touch {
        /** They hold other numbers, of the same type and shape. */
        NUMBERS,
        /** They hold the same numbers as near as another type can, or in another file format. */
        TYPES,
        /** What it adds stays beside the model. */
        NOTHING
    }

    /** Returns the name in {@code stack.yaml}. */
    public String key() {
        return key;
    }

    static Map<String, Operation> byKey() {
        return Arrays.stream(values())
                .collect(Collectors.toMap(
                        Operation::key, Function.identity(), (a, b) -> a, TreeMap<String, Operation>::new));
    }

    Need need() {
        return need;
    }

    Touch touch() {
        return touch;
    }

    /** Tells whether its numbers come from pairs of low rank in an adapter. */
    boolean mergesAdapter() {
        return this == LORA_MERGE || this == DORA_MERGE;
    }
}
