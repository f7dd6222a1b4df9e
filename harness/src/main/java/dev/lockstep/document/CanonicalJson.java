package dev.lockstep.document;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.core.util.Separators;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.TreeSet;

/**
 * JSON with one spelling for each value: sorted keys, no whitespace, whole numbers without a fraction.
 *
 * <p>After RFC 8785 (JSON Canonicalization Scheme); numbers keep all their digits instead of being rounded to a double.
 */
public final class CanonicalJson {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final DefaultPrettyPrinter PRETTY = new DefaultPrettyPrinter(
                    Separators.createDefaultInstance().withObjectFieldValueSpacing(Separators.Spacing.AFTER))
            .withObjectIndenter(new DefaultIndenter("  ", "\n"))
            .withArrayIndenter(new DefaultIndenter("  ", "\n"));

    private CanonicalJson() {}

    /** Returns the shortest canonical text: the bytes that are hashed. */
    public static String compact(JsonNode value) {
        return write(normal(value), false);
    }

    /** Returns the canonical text with two-space indents and a final newline: the bytes of a file. */
    public static String pretty(JsonNode value) {
        return write(normal(value), true) + "\n";
    }

    /** Returns the SHA-256 of the compact text, in lower-case hex. */
    public static String sha256(JsonNode value) {
        return Sha256.of(compact(value).getBytes(StandardCharsets.UTF_8));
    }

    /** Returns an equal value with sorted keys and normal numbers. */
    public static JsonNode normal(JsonNode value) {
        if (value.isObject()) {
            ObjectNode sorted = JsonNodeFactory.instance.objectNode();
            TreeSet<String> names = new TreeSet<>();
            value.fieldNames().forEachRemaining(names::add);
            names.forEach(name -> sorted.set(name, normal(value.get(name))));
            return sorted;
        }
        if (value.isArray()) {
            ArrayNode items = JsonNodeFactory.instance.arrayNode();
            value.forEach(item -> items.add(normal(item)));
            return items;
        }
        return value.isFloatingPointNumber() ? normalNumber(value) : value;
    }

    private static JsonNode normalNumber(JsonNode value) {
        double number = value.doubleValue();
        if (Double.isNaN(number) || Double.isInfinite(number)) {
            throw new IllegalArgumentException("JSON has no " + number);
        }
        BigDecimal exact = value.decimalValue().stripTrailingZeros();
        return exact.scale() <= 0 && exact.precision() - exact.scale() <= 18
                ? JsonNodeFactory.instance.numberNode(exact.longValueExact())
                : value;
    }

    private static String write(JsonNode value, boolean indented) {
        try {
            return indented ? MAPPER.writer(PRETTY).writeValueAsString(value) : MAPPER.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("not a JSON value", e);
        }
    }
}
