package dev.lockstep.stack;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lockstep.lock.Layer;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
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
    private final Optional<PodStart> pod;

    private SavedFacts(
            LayerFacts declared, UnknownFields unknown, SortedMap<String, JsonNode> hardware, Optional<PodStart> pod) {
        this.declared = declared;
        this.unknown = unknown;
        this.hardware = Collections.unmodifiableSortedMap(new TreeMap<>(hardware));
        this.pod = pod;
    }

    static SavedFacts none() {
        return new SavedFacts(new LayerFacts(), new UnknownFields(), new TreeMap<>(), Optional.empty());
    }

    /** Facts of the launch, and what its description leaves open. */
    static SavedFacts of(LayerFacts declared, UnknownFields unknown) {
        return new SavedFacts(declared, unknown, new TreeMap<>(), Optional.empty());
    }

    SavedFacts withHardware(SortedMap<String, JsonNode> found) {
        return new SavedFacts(declared, unknown, found, pod);
    }

    SavedFacts withPod(Optional<PodStart> start) {
        return new SavedFacts(declared, unknown, hardware, start);
    }

    /** Returns the pod that the launch is described by. */
    Optional<PodStart> pod() {
        return pod;
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
