package dev.lockstep.lock;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A Python package whose contents a lock pins: the engine itself, or one beside it.
 *
 * @param name as an index spells it (PEP 503)
 * @param fields what is locked of it, by the names that {@link #found} gives
 */
public record LockedPackage(String name, String version, boolean isEngine, SortedMap<String, JsonNode> fields) {
    private static final String CONTENTS = "contents";

    public LockedPackage {
        fields = Collections.unmodifiableSortedMap(new TreeMap<>(fields));
    }

    /** Returns the packages of a lock, the engine first; none of an engine that is a program or an image. */
    public static List<LockedPackage> of(Lock lock) {
        List<LockedPackage> packages = new ArrayList<>();
        SortedMap<String, JsonNode> engine = new TreeMap<>();
        lock.layer(Layer.ENGINE).pinned().forEach((field, value) -> {
            if (PythonPackage.owns(field)) {
                engine.put(field, value);
            } else if (PythonPackages.owns(field)) {
                packages.add(beside(field.substring(PythonPackages.PREFIX.length()), value));
            }
        });
        if (engine.containsKey(PythonPackage.DISTRIBUTION)) {
            packages.addFirst(new LockedPackage(
                    text(engine, PythonPackage.DISTRIBUTION), text(engine, PythonPackage.VERSION), true, engine));
        }
        return packages;
    }

    private static LockedPackage beside(String name, JsonNode locked) {
        String version = locked.path(PythonPackage.VERSION).asText();
        return new LockedPackage(PythonPackage.normal(name), version, false, new TreeMap<>(Map.of(CONTENTS, locked)));
    }

    /**
     * Returns the first field in which a package is another than the locked one; empty when it is that.
     *
     * @param identity as {@link PythonPackage#identity} or {@link PythonWheel#identity} tells it
     */
    public Optional<String> difference(SortedMap<String, JsonNode> identity) {
        SortedMap<String, JsonNode> found = found(identity);
        TreeSet<String> names = new TreeSet<>(fields.keySet());
        names.addAll(found.keySet());
        return names.stream()
                .filter(field -> !Objects.equals(fields.get(field), found.get(field)))
                .findFirst();
    }

    private SortedMap<String, JsonNode> found(SortedMap<String, JsonNode> identity) {
        return isEngine ? identity : new TreeMap<>(Map.of(CONTENTS, PythonPackages.inShort(identity)));
    }

    /** Tells whether a file is named as a wheel of this version is: {@code name-version-tags.whl}. */
    boolean isNamed(String wheel) {
        String[] parts = wheel.split("-", 3);
        return parts.length == 3
                && wheel.endsWith(".whl")
                && PythonPackage.normal(parts[0]).equals(name)
                && parts[1].equals(version);
    }

    @Override
    public String toString() {
        return name + " " + version;
    }

    private static String text(SortedMap<String, JsonNode> fields, String name) {
        JsonNode value = fields.get(name);
        return value == null ? "" : value.asText();
    }
}
