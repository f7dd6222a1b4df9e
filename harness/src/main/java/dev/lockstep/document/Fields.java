package dev.lockstep.document;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * The fields of one mapping, read by name and type.
 *
 * <p>A wrong type, a missing field and a value out of range become problems with a position, and a default is returned so
 * that reading goes on. {@link #rejectUnknown()} reports what nobody asked for, with the nearest name that was.
 */
public final class Fields {
    private final DocumentNode node;
    private final String owner;
    private final Problems problems;
    private final Map<String, DocumentNode.Entry> entries;
    private final TreeSet<String> known = new TreeSet<>();

    private Fields(DocumentNode node, String owner, Problems problems, Map<String, DocumentNode.Entry> entries) {
        this.node = node;
        this.owner = owner;
        this.problems = problems;
        this.entries = entries;
    }

    /**
     * Starts reading a mapping.
     *
     * @param owner what the mapping is, as it reads in messages: {@code case 'inv-7'}
     */
    public static Fields of(DocumentNode node, String owner, Problems problems) {
        if (node instanceof DocumentNode.Mapping mapping) {
            return new Fields(node, owner, problems, mapping.entries());
        }
        problems.add(node.position(), owner + " needs fields (name: value), not " + describe(node));
        return new Fields(node, owner, problems, Map.of());
    }

    public Position position() {
        return node.position();
    }

    /** Returns where a field's value stands, or the mapping itself when the field is absent. */
    public Position position(String name) {
        DocumentNode.Entry entry = entries.get(name);
        return entry == null ? node.position() : entry.value().position();
    }

    public boolean has(String name) {
        known.add(name);
        return entries.containsKey(name);
    }

    public Optional<DocumentNode> node(String name) {
        known.add(name);
        return Optional.ofNullable(entries.get(name)).map(DocumentNode.Entry::value);
    }

    public DocumentNode.Mapping mapping(String name) {
        Optional<DocumentNode> found = node(name);
        if (found.isPresent() && found.get() instanceof DocumentNode.Mapping mapping) {
            return mapping;
        }
        found.ifPresent(other -> wrongType(name, "fields (name: value)", other));
        return new DocumentNode.Mapping(position(name), Map.of());
    }

    public List<DocumentNode> items(String name) {
        Optional<DocumentNode> found = node(name);
        if (found.isPresent() && found.get() instanceof DocumentNode.Sequence sequence) {
            return sequence.items();
        }
        found.ifPresent(other -> wrongType(name, "a list", other));
        return List.of();
    }

    public String requiredText(String name, String remedy) {
        if (!has(name)) {
            problems.add(node.position(), owner + " needs '" + name + "'; " + remedy);
            return "";
        }
        return text(name, "");
    }

    public String text(String name, String otherwise) {
        return scalar(name, "text (in quotes)", JsonNode::isTextual)
                .map(JsonNode::textValue)
                .orElse(otherwise);
    }

    public Optional<String> text(String name) {
        return scalar(name, "text (in quotes)", JsonNode::isTextual).map(JsonNode::textValue);
    }

    public boolean flag(String name, boolean otherwise) {
        return scalar(name, "true or false", JsonNode::isBoolean)
                .map(JsonNode::booleanValue)
                .orElse(otherwise);
    }

    /** Reads a whole number within {@code [least, most]}. */
    public long integer(String name, long otherwise, long least, long most) {
        String expected = "a whole number from " + least + " to " + most;
        return scalar(name, expected, value -> isWithin(value, least, most))
                .map(JsonNode::longValue)
                .orElse(otherwise);
    }

    public double number(String name, double otherwise) {
        return scalar(name, "a number", JsonNode::isNumber)
                .map(JsonNode::doubleValue)
                .orElse(otherwise);
    }

    public List<String> texts(String name) {
        List<String> texts = new ArrayList<>();
        for (DocumentNode item : items(name)) {
            if (item.toJson().isTextual()) {
                texts.add(item.toJson().textValue());
            } else {
                wrongType(name, "a list of texts (in quotes)", item);
            }
        }
        return texts;
    }

    /** Reads a text that must match a pattern, such as an id. */
    public String matching(String name, Pattern pattern, String remedy) {
        if (!has(name)) {
            return requiredText(name, remedy);
        }
        Optional<String> value = text(name);
        if (value.isPresent() && !pattern.matcher(value.get()).matches()) {
            problem(name, "'" + name + "' is '" + value.get() + "'; " + remedy);
        }
        return value.orElse("");
    }

    /** Reads one of the named values of an enumeration. */
    public <T> T choice(String name, Map<String, T> choices, T otherwise) {
        Optional<String> value = text(name);
        if (value.isEmpty()) {
            return otherwise;
        }
        T chosen = choices.get(value.get());
        if (chosen == null) {
            problems.add(
                    position(name),
                    owner + ": '" + name + "' is '" + value.get() + "'; expected one of "
                            + String.join(", ", choices.keySet()));
            return otherwise;
        }
        return chosen;
    }

    public Map<String, DocumentNode.Entry> entries() {
        known.addAll(entries.keySet());
        return new LinkedHashMap<>(entries);
    }

    /** Reports every field that was never asked for. */
    public void rejectUnknown() {
        rejectUnknown(Map.of());
    }

    /**
     * Reports every field that was never asked for.
     *
     * @param retired what takes the place of fields that there were once: {@code 'scores' of 'margins'}
     */
    public void rejectUnknown(Map<String, String> retired) {
        entries.forEach((name, entry) -> {
            if (!known.contains(name)) {
                String hint = retired.containsKey(name) ? "in its place write " + retired.get(name) : hint(name);
                problems.add(entry.position(), owner + ": unknown field '" + name + "'; " + hint);
            }
        });
    }

    public void problem(String name, String message) {
        problems.add(position(name), owner + ": " + message);
    }

    /** Reports a problem deeper inside the mapping. */
    public void problemAt(Position at, String message) {
        problems.add(at, owner + ": " + message);
    }

    private String hint(String name) {
        return NearestName.of(name, known)
                .map(near -> "did you mean '" + near + "'?")
                .orElse("known fields: " + String.join(", ", known));
    }

    private Optional<JsonNode> scalar(String name, String expected, java.util.function.Predicate<JsonNode> accepts) {
        Optional<DocumentNode> found = node(name);
        if (found.isEmpty()) {
            return Optional.empty();
        }
        JsonNode value = found.get().toJson();
        if (accepts.test(value)) {
            return Optional.of(value);
        }
        wrongType(name, expected, found.get());
        return Optional.empty();
    }

    private void wrongType(String name, String expected, DocumentNode actual) {
        problems.add(actual.position(), owner + ": '" + name + "' needs " + expected + ", not " + describe(actual));
    }

    private static boolean isWithin(JsonNode value, long least, long most) {
        return value.isIntegralNumber()
                && value.canConvertToLong()
                && value.longValue() >= least
                && value.longValue() <= most;
    }

    private static String describe(DocumentNode node) {
        return switch (node) {
            case DocumentNode.Mapping mapping -> "a mapping";
            case DocumentNode.Sequence sequence -> "a list";
            case DocumentNode.Scalar scalar ->
                scalar.value().isNull() ? "nothing" : scalar.value().toString();
        };
    }
}
