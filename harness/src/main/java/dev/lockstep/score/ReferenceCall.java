package dev.lockstep.score;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Set;

/** Checks one entry of {@code reference.calls}. */
final class ReferenceCall {
    private static final Set<String> FIELDS = Set.of("name", "args", "optional");

    private ReferenceCall() {}

    static void check(JsonNode call, Mistakes mistakes) {
        if (!call.path("name").isTextual()) {
            mistakes.add("needs a 'name' in each of 'reference.calls'; add it to " + call);
            return;
        }
        String place = "'reference.calls' of '" + call.path("name").asText() + "'";
        call.properties().stream()
                .filter(field -> !FIELDS.contains(field.getKey()))
                .forEach(field -> mistakes.add(
                        "knows no '" + field.getKey() + "' in " + place + "; expected name, args and optional"));
        call.path("args").properties().forEach(field -> checkValues(field.getKey(), field.getValue(), place, mistakes));
        for (JsonNode optional : call.path("optional")) {
            if (!call.path("args").has(optional.asText())) {
                mistakes.add("finds no '" + optional.asText() + "' in 'args' of " + place
                        + ", which 'optional' names; list its allowed values");
            }
        }
    }

    private static void checkValues(String name, JsonNode allowed, String place, Mistakes mistakes) {
        if (!allowed.isArray() || allowed.isEmpty()) {
            mistakes.add("needs the list of allowed values for '" + name + "' in " + place + ", not " + allowed
                    + "; write [value, …]");
            return;
        }
        for (JsonNode option : allowed) {
            if (option.isObject()) {
                option.properties()
                        .forEach(field -> checkValues(name + "." + field.getKey(), field.getValue(), place, mistakes));
            }
        }
    }
}
