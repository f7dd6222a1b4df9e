package dev.lockstep.lock;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lockstep.document.DocumentNode;
import dev.lockstep.document.Fields;
import dev.lockstep.document.NearestName;
import dev.lockstep.document.Position;
import dev.lockstep.document.Problems;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Reads policies as people write them: {@code layer: warn}, {@code layer.field: ignore}, {@code layer.begin*: pin},
 * {@code layer.field: {oneOf: [a, b]}}.
 */
public final class PolicyRules {
    private static final Map<String, Check.Policy> KINDS =
            Map.of("pin", Check.Policy.PIN, "warn", Check.Policy.WARN, "ignore", Check.Policy.IGNORE);
    private static final List<String> LAYERS =
            Arrays.stream(Layer.values()).map(Layer::key).toList();
    private static final String ONE_OF = "oneOf";

    private PolicyRules() {}

    /** Returns the rules of a mapping that holds nothing else; what is none becomes a problem. */
    public static SortedMap<String, FieldPolicy> read(Fields fields, Problems problems) {
        return read(fields.entries(), fields, problems);
    }

    /** Returns the rules among some entries of a mapping. */
    public static SortedMap<String, FieldPolicy> read(
            Map<String, DocumentNode.Entry> entries, Fields owner, Problems problems) {
        SortedMap<String, FieldPolicy> rules = new TreeMap<>();
        entries.forEach((name, entry) -> {
            unknownLayer(name).ifPresent(message -> owner.problemAt(entry.position(), message));
            rule(name, entry.value(), owner, problems).ifPresent(rule -> rules.put(name, rule));
        });
        return rules;
    }

    private static Optional<String> unknownLayer(String name) {
        String layer = name.contains(".") ? name.substring(0, name.indexOf('.')) : name;
        if (LAYERS.contains(layer)) {
            return Optional.empty();
        }
        String remedy = NearestName.of(layer, LAYERS)
                .map(near -> "did you mean '" + near + "'?")
                .orElse("layers: " + String.join(", ", LAYERS));
        return Optional.of("unknown layer '" + layer + "'; " + remedy);
    }

    private static Optional<FieldPolicy> rule(String name, DocumentNode value, Fields owner, Problems problems) {
        if (value instanceof DocumentNode.Mapping) {
            return oneOf(Fields.of(value, "policies: '" + name + "'", problems), name);
        }
        JsonNode word = value.toJson();
        Optional<FieldPolicy> rule =
                Optional.ofNullable(KINDS.get(word.asText())).map(FieldPolicy::of);
        if (rule.isEmpty()) {
            owner.problemAt(
                    value.position(),
                    "'" + name + "' is " + shown(word) + "; expected pin, warn, ignore or {oneOf: [values]}");
        }
        return rule;
    }

    private static Optional<FieldPolicy> oneOf(Fields rule, String name) {
        List<JsonNode> allowed = new ArrayList<>();
        rule.items(ONE_OF).forEach(item -> allowed.add(item.toJson()));
        Position position = rule.position(ONE_OF);
        if (!rule.has(ONE_OF) || allowed.isEmpty()) {
            rule.problemAt(position, "needs 'oneOf' with the values that are right; write {oneOf: [a, b]}");
        }
        if (!name.contains(".")) {
            rule.problemAt(position, "'oneOf' is for one field, not for a layer; write " + name + ".FIELD");
        }
        rule.rejectUnknown();
        return Optional.of(FieldPolicy.oneOf(allowed));
    }

    private static String shown(JsonNode word) {
        return word.isTextual() ? "'" + word.textValue() + "'" : word.toString().toLowerCase(Locale.ROOT);
    }
}
