package dev.lockstep.lock;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

/** What a mismatch means, by layer; a layer that is not named is pinned. */
public record Policies(Map<Layer, Check.Policy> byLayer) {

    public Policies {
        EnumMap<Layer, Check.Policy> copy = new EnumMap<>(Layer.class);
        copy.putAll(byLayer);
        byLayer = Collections.unmodifiableMap(copy);
    }

    /** Returns the shipped policies: hardware and provenance warn, every other layer is pinned. */
    public static Policies defaults() {
        return new Policies(Map.of(Layer.HARDWARE, Check.Policy.WARN, Layer.PROVENANCE, Check.Policy.WARN));
    }

    /** Returns these policies with another one for {@code layer}. */
    public Policies with(Layer layer, Check.Policy policy) {
        EnumMap<Layer, Check.Policy> changed = new EnumMap<>(Layer.class);
        changed.putAll(byLayer);
        changed.put(layer, policy);
        return new Policies(changed);
    }

    public Check.Policy of(Layer layer) {
        return byLayer.getOrDefault(layer, Check.Policy.PIN);
    }
}
