package dev.lockstep.stack;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lockstep.lock.Layer;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What files that somebody saved where the stack is served tell of it.
 *
 * <p>Such a file is the operator's word: nothing binds it to the process that answers, and it may be older than that.
 */
final class SavedFacts {
    private final LayerFacts declared;
    private final UnknownFields unknown;
    private final SortedMap<String, JsonNode> hardware;

    private SavedFacts(LayerFacts declared, UnknownFields unknown, SortedMap<String, JsonNode> hardware) {
        this.declared = declared;
        this.unknown = unknown;
        this.hardware = Collections.unmodifiableSortedMap(new TreeMap<>(hardware));
    }

    static SavedFacts none() {
        return new SavedFacts(new LayerFacts(), new UnknownFields(), new TreeMap<>());
    }

    /** Facts of the launch, and what its description leaves open. */
    static SavedFacts of(LayerFacts declared, UnknownFields unknown) {
        return new SavedFacts(declared, unknown, new TreeMap<>());
    }

    SavedFacts withHardware(SortedMap<String, JsonNode> found) {
        return new SavedFacts(declared, unknown, found);
    }

    /** Returns all that is declared: these facts, and the operator's own words, which win over them. */
    LayerFacts under(Map<Layer, SortedMap<String, JsonNode>> own) {
        return new LayerFacts().putAll(declared.byLayer()).putAll(own);
    }

    Set<String> unknown(Layer layer) {
        return unknown.of(layer);
    }

    /** Returns what the serving machine said of itself: observed, no part of the lock id. */
    LayerFacts observed() {
        return new LayerFacts().putAll(Layer.HARDWARE, hardware);
    }
}
