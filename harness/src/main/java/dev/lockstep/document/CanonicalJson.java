package dev.lockstep.document;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.core.util.Separators;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * JSON with one spelling for each value: sorted keys, no whitespace, whole numbers without a fraction.
 *
 * <p>After RFC 8785 (JSON Canonicalization Scheme); numbers keep all their digits instead of being rounded to a double:
 * whole numbers below 10<sup>21</sup> are plain digits, others are spelled as by {@link BigDecimal#toString()} without
 * trailing zeros. Half of a surrogate pair, which UTF-8 cannot write, is escaped.
 */
public final class CanonicalJson {
    private static final int LONGEST_WHOLE_NUMBER = 21;
    private static final Pattern LONE_SURROGATE = Pattern.compile("\\p{Cs}");
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final DefaultPrettyPrinter PRETTY = new DefaultPrettyPrinter(Separators.createDefaultInstance()
                    .withObjectFieldValueSpacing(Separators.Spacing.AFTER)
                    .withObjectEmptySeparator("")
                    .withArrayEmptySeparator(""))
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
            ObjectNode sorted = NODES.objectNode();
            TreeSet<String> names = new TreeSet<>();
            value.fieldNames().forEachRemaining(names::add);
            names.forEach(name -> sorted.set(name, normal(value.get(name))));
            return sorted;
        }
        if (value.isArray()) {
            ArrayNode items = NODES.arrayNode();
            value.forEach(item -> items.add(normal(item)));
            return items;
        }
        return value.isNumber() ? normalNumber(value) : value;
    }

    private static JsonNode normalNumber(JsonNode value) {
        BigDecimal exact = exact(value).stripTrailingZeros();
        boolean isPlain = exact.scale() <= 0 && exact.precision() - exact.scale() <= LONGEST_WHOLE_NUMBER;
        if (!isPlain) {
            return DecimalNode.valueOf(exact);
        }
        BigInteger whole = exact.toBigIntegerExact();
        return whole.bitLength() < Long.SIZE ? NODES.numberNode(whole.longValue()) : NODES.numberNode(whole);
    }

    private static BigDecimal exact(JsonNode value) {
        if (value.isDouble() || value.isFloat()) {
            double number = value.doubleValue();
            if (Double.isNaN(number) || Double.isInfinite(number)) {
                throw new IllegalArgumentException("JSON has no " + number);
            }
            return new BigDecimal(value.asText());
        }
        return value.decimalValue();
    }

    private static String write(JsonNode value, boolean indented) {
        try {
            String text = indented ? MAPPER.writer(PRETTY).writeValueAsString(value) : MAPPER.writeValueAsString(value);
            return LONE_SURROGATE
                    .matcher(text)
                    .replaceAll(
                            half -> "\\\\u" + Integer.toHexString(half.group().charAt(0)));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("not a JSON value", e);
        }
    }
}
