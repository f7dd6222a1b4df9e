package dev.lockstep.stack;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.lockstep.lock.LayerState;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The environment in a description of a launch.
 *
 * @param known variables with their values, secrets too
 * @param elsewhere variables whose value stands elsewhere, and where: {@code configMap engine}
 * @param complete false when there may be more of them
 */
record LaunchVariables(SortedMap<String, String> known, SortedMap<String, String> elsewhere, boolean complete) {

    LaunchVariables {
        known = Collections.unmodifiableSortedMap(new TreeMap<>(known));
        elsewhere = Collections.unmodifiableSortedMap(new TreeMap<>(elsewhere));
    }

    static LaunchVariables of(Map<String, String> known) {
        return new LaunchVariables(new TreeMap<>(known), new TreeMap<>(), true);
    }

    /** Nothing could be read. */
    static LaunchVariables unread() {
        return new LaunchVariables(new TreeMap<>(), new TreeMap<>(), false);
    }

    /** Returns the fields of the launch layer. */
    SortedMap<String, JsonNode> fields() {
        SortedMap<String, JsonNode> fields = LaunchEnvironment.fields(known);
        elsewhere.forEach((name, where) -> {
            if (isSecret(name)) {
                fields.putAll(LaunchEnvironment.fields(Map.of(name, SecretWords.PLACEHOLDER)));
            } else if (LaunchEnvironment.isAllowed(name)) {
                fields.put(LaunchEnvironment.field(name) + ".from", TextNode.valueOf(where));
            }
        });
        return fields;
    }

    /** Returns the fields of the launch layer that nobody tells. */
    Set<String> unknown() {
        Set<String> unknown = new TreeSet<>();
        elsewhere.keySet().stream()
                .filter(name -> LaunchEnvironment.isAllowed(name) && !isSecret(name))
                .map(LaunchEnvironment::field)
                .forEach(unknown::add);
        if (!complete) {
            unknown.add(LaunchEnvironment.field(LayerState.EVERYTHING));
        }
        return unknown;
    }

    /** Returns the value that a reference on the command line stands for; a secret stays a placeholder. */
    static Map<String, String> referable(Map<String, String> variables) {
        Map<String, String> values = new TreeMap<>();
        variables.forEach((name, value) -> values.put(name, isSecret(name) ? SecretWords.PLACEHOLDER : value));
        return values;
    }

    private static boolean isSecret(String name) {
        return LaunchEnvironment.isSecret(name);
    }

    @Override
    public String toString() {
        return "the variables of a launch";
    }
}
