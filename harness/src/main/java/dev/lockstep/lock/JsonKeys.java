package dev.lockstep.lock;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.IOException;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * The values of a model's JSON file by JSON pointer (RFC 6901).
 *
 * <p>Objects are taken apart, lists and maps by number ({@code added_tokens_decoder}) are not. JSON is read as Python reads
 * it: NaN and infinities are numbers; they, and null, become texts, for a lock knows neither.
 */
final class JsonKeys {
    private static final int MOST_MEMBERS = 64;
    private static final int DEEPEST = 200;
    private static final Pattern NUMBER = Pattern.compile("\\d+");
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final JsonMapper JSON = mapper();

    private JsonKeys() {}

    /** Reads a file's bytes. @throws com.fasterxml.jackson.core.JsonProcessingException when they are no JSON */
    static SortedMap<String, JsonNode> read(byte[] bytes) throws IOException {
        JsonNode root = JSON.readTree(bytes);
        if (root.isMissingNode()) {
            throw new JsonParseException(null, "it is empty");
        }
        SortedMap<String, JsonNode> keys = new TreeMap<>();
        add("", root, keys);
        return keys;
    }

    private static void add(String pointer, JsonNode value, SortedMap<String, JsonNode> keys) {
        if (!isTakenApart(value)) {
            keys.put(pointer, plain(value));
            return;
        }
        value.properties().forEach(member -> add(pointer + "/" + escaped(member.getKey()), member.getValue(), keys));
    }

    private static boolean isTakenApart(JsonNode value) {
        return value.isObject()
                && !value.isEmpty()
                && value.size() <= MOST_MEMBERS
                && !NUMBER.matcher(value.fieldNames().next()).matches();
    }

    private static String escaped(String key) {
        return key.replace("~", "~0").replace("/", "~1");
    }

    private static JsonNode plain(JsonNode value) {
        if (value.isArray()) {
            ArrayNode items = NODES.arrayNode();
            value.forEach(item -> items.add(plain(item)));
            return items;
        }
        if (value.isObject()) {
            ObjectNode members = NODES.objectNode();
            value.properties().forEach(member -> members.set(member.getKey(), plain(member.getValue())));
            return members;
        }
        boolean isNoNumber = value.isDouble() && !Double.isFinite(value.doubleValue());
        return isNoNumber || value.isNull() ? TextNode.valueOf(value.asText("null")) : value;
    }

    private static JsonMapper mapper() {
        JsonFactory factory = JsonFactory.builder()
                .streamReadConstraints(
                        StreamReadConstraints.builder().maxNestingDepth(DEEPEST).build())
                .build();
        return JsonMapper.builder(factory)
                .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
                .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .build();
    }
}
