package dev.lockstep.score;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lockstep.document.NearestName;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;

/** Collects what is wrong with one use of a scorer. */
final class Mistakes {
    private final String scorer;
    private final List<String> found = new ArrayList<>();

    private Mistakes(String scorer) {
        this.scorer = scorer;
    }

    static Mistakes of(Scorer scorer) {
        return new Mistakes("scorer '" + scorer.name() + "'");
    }

    Mistakes add(String message) {
        found.add(scorer + " " + message);
        return this;
    }

    List<String> list() {
        return List.copyOf(found);
    }

    /** Reports a reference field that is missing or of another kind. */
    Mistakes need(JsonNode reference, String field, String kind, Predicate<JsonNode> accepts) {
        JsonNode value = reference.path(field);
        if (value.isMissingNode()) {
            return add("needs 'reference." + field + "', " + kind + "; add it");
        }
        return accepts.test(value) ? this : add("needs " + kind + " in 'reference." + field + "', not " + value);
    }

    /** Reports parameters other than true-or-false ones of these names. */
    Mistakes flags(ObjectNode parameters, String... names) {
        Map<String, String> allowed = new TreeMap<>();
        for (String name : names) {
            allowed.put(name, "true or false");
        }
        return parameters(parameters, allowed, (name, value) -> value.isBoolean());
    }

    /** Reports parameters with other names or values than those allowed. */
    Mistakes parameters(ObjectNode parameters, Map<String, String> allowed, Rule rule) {
        parameters.properties().forEach(field -> {
            String expected = allowed.get(field.getKey());
            if (expected == null) {
                add("has no parameter '" + field.getKey() + "'; " + hint(field.getKey(), allowed));
            } else if (!rule.accepts(field.getKey(), field.getValue())) {
                add("takes " + expected + " as '" + field.getKey() + "', not " + field.getValue());
            }
        });
        return this;
    }

    private static String hint(String name, Map<String, String> allowed) {
        if (allowed.isEmpty()) {
            return "it takes none";
        }
        return NearestName.of(name, allowed.keySet())
                .map(near -> "did you mean '" + near + "'?")
                .orElse("known parameters: " + String.join(", ", allowed.keySet()));
    }

    /** Whether a parameter takes a value. */
    interface Rule {
        boolean accepts(String name, JsonNode value);
    }
}
