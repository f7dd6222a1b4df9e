package dev.lockstep.score;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeType;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * When an argument equals an allowed value: the rules of the Berkeley Function Calling Leaderboard's {@code ast_checker}.
 *
 * <p>Texts are compared without blanks, {@code , . / - _ * ^} and letter case; lists item by item; an allowed object gives for
 * each of its fields the list of allowed values. Numbers are compared by value, since JSON knows no integers: 5 equals 5.0.
 */
final class ArgumentRules {
    private static final Pattern IGNORED = Pattern.compile("[ ,./\\-_*^]");

    private ArgumentRules() {}

    /** Returns {@code type_error:…} or {@code value_error:…}; empty when one of the allowed values is met. */
    static Optional<String> error(JsonNode value, JsonNode allowed) {
        if (isAllowed(value, allowed)) {
            return Optional.empty();
        }
        String kind = value.getNodeType().name().toLowerCase(Locale.ROOT);
        return Optional.of((hasType(value.getNodeType(), allowed) ? "value_error:" : "type_error:") + kind);
    }

    /** Tells whether the allowed values let a parameter be absent. */
    static boolean mayBeAbsent(JsonNode allowed) {
        return stream(allowed)
                .anyMatch(option -> option.isTextual() && option.textValue().isEmpty());
    }

    private static boolean isAllowed(JsonNode value, JsonNode allowed) {
        return stream(allowed).anyMatch(option -> matches(value, option));
    }

    private static boolean hasType(JsonNodeType type, JsonNode allowed) {
        return stream(allowed).anyMatch(option -> option.getNodeType() == type);
    }

    private static boolean matches(JsonNode value, JsonNode option) {
        if (value.getNodeType() != option.getNodeType()) {
            return false;
        }
        return switch (option.getNodeType()) {
            case STRING -> plain(value).equals(plain(option));
            case NUMBER -> value.decimalValue().compareTo(option.decimalValue()) == 0;
            case ARRAY -> itemsMatch(value, option);
            case OBJECT -> fieldsMatch(value, option);
            case BOOLEAN, NULL, BINARY, POJO, MISSING -> value.equals(option);
        };
    }

    private static boolean itemsMatch(JsonNode value, JsonNode option) {
        if (value.size() != option.size()) {
            return false;
        }
        for (int i = 0; i < value.size(); i++) {
            if (!matches(value.get(i), option.get(i))) {
                return false;
            }
        }
        return true;
    }

    private static boolean fieldsMatch(JsonNode value, JsonNode option) {
        boolean known =
                value.properties().stream().allMatch(field -> isAllowed(field.getValue(), option.path(field.getKey())));
        return known
                && option.properties().stream()
                        .allMatch(field -> value.has(field.getKey()) || mayBeAbsent(field.getValue()));
    }

    private static String plain(JsonNode text) {
        return IGNORED.matcher(text.textValue())
                .replaceAll("")
                .toLowerCase(Locale.ROOT)
                .replace('\'', '"');
    }

    private static Stream<JsonNode> stream(JsonNode items) {
        return StreamSupport.stream(items.spliterator(), false);
    }
}
