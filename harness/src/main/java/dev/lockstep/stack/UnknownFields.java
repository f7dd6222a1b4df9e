package dev.lockstep.stack;

import dev.lockstep.lock.Layer;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/** Names of fields that nobody could tell, collected by layer. */
final class UnknownFields {
    private final Map<Layer, SortedSet<String>> names = new EnumMap<>(Layer.class);

    UnknownFields add(Layer layer, String field) {
        names.computeIfAbsent(layer, key -> new TreeSet<>()).add(field);
        return this;
    }

    UnknownFields addAll(UnknownFields more) {
        more.names.forEach((layer, fields) -> fields.forEach(field -> add(layer, field)));
        return this;
    }

    Set<String> of(Layer layer) {
        return Collections.unmodifiableSet(names.getOrDefault(layer, new TreeSet<>()));
    }
}
