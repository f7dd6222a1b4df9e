package dev.lockstep.lock;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.StreamSupport;

/**
 * Where two values of one field differ: keys of objects, files of a list by their paths, arguments of a command line by their
 * flags.
 */
final class ValueDiff {
    private static final String PATH = "path";

    private final List<Leaf> leaves = new ArrayList<>();

    private ValueDiff() {}

    /**
     * One place that differs; a value that is missing on one side is a missing node.
     *
     * @param name the field, and the way to the place in it: {@code argv --ctx-size}
     */
    record Leaf(String name, JsonNode before, JsonNode after) {}

    static List<Leaf> of(String name, JsonNode before, JsonNode after) {
        ValueDiff diff = new ValueDiff();
        diff.add(name, before, after);
        return diff.leaves;
    }

    private void add(String name, JsonNode before, JsonNode after) {
        if (before.equals(after)) {
            return;
        }
        if (before.isObject() && after.isObject()) {
            addParts(name + ".", "", fields(before), fields(after));
        } else if (isFiles(before) && isFiles(after)) {
            addParts(name + "[", "]", files(before), files(after));
        } else if (Arguments.areIn(before) && Arguments.areIn(after)) {
            addArguments(name, before, after);
        } else {
            leaves.add(new Leaf(name, before, after));
        }
    }

    private void addArguments(String name, JsonNode before, JsonNode after) {
        int known = leaves.size();
        addParts(name + " ", "", Arguments.of(before), Arguments.of(after));
        if (leaves.size() == known) {
            leaves.add(new Leaf(name, before, after));
        }
    }

    private void addParts(
            String prefix, String suffix, SortedMap<String, JsonNode> before, SortedMap<String, JsonNode> after) {
        TreeSet<String> names = new TreeSet<>(before.keySet());
        names.addAll(after.keySet());
        names.forEach(name -> add(prefix + name + suffix, part(before, name), part(after, name)));
    }

    private static JsonNode part(Map<String, JsonNode> parts, String name) {
        return parts.getOrDefault(name, MissingNode.getInstance());
    }

    private static boolean isFiles(JsonNode list) {
        return list.isArray()
                && !list.isEmpty()
                && StreamSupport.stream(list.spliterator(), false)
                        .allMatch(item -> item.path(PATH).isTextual());
    }

    private static SortedMap<String, JsonNode> files(JsonNode list) {
        SortedMap<String, JsonNode> files = new TreeMap<>();
        list.forEach(file -> files.put(file.path(PATH).asText(), file));
        return files;
    }

    private static SortedMap<String, JsonNode> fields(JsonNode object) {
        SortedMap<String, JsonNode> fields = new TreeMap<>();
        object.properties().forEach(field -> fields.put(field.getKey(), field.getValue()));
        return fields;
    }
}
