package dev.lockstep.lock;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.lockstep.document.CanonicalJson;
import java.util.Iterator;
import java.util.Map;

/**
 * Canonical JSON with two-space indents, in which the entry of a file stands on one line: a file that moved is one line of a
 * diff.
 */
final class LockText {
    private static final String DIGEST = "sha256";
    private static final String INDENT = "  ";

    private final StringBuilder text = new StringBuilder();

    private LockText() {}

    static String of(JsonNode value) {
        LockText text = new LockText();
        text.add(CanonicalJson.normal(value), "\n", true);
        return text.text.append('\n').toString();
    }

    /** An object with a digest and nothing nested speaks of a file. */
    private static boolean isFileEntry(JsonNode value) {
        return value.isObject()
                && value.path(DIGEST).isTextual()
                && value.properties().stream()
                        .noneMatch(field -> field.getValue().isContainerNode());
    }

    private void add(JsonNode value, String line, boolean broken) {
        if (value.isEmpty() || !value.isContainerNode()) {
            text.append(CanonicalJson.compact(value));
            return;
        }
        boolean breaks = broken && !isFileEntry(value);
        String next = breaks ? line + INDENT : " ";
        String first = breaks ? next : "";
        text.append(value.isObject() ? '{' : '[').append(first);
        if (value.isObject()) {
            addFields(value.properties().iterator(), next, breaks);
        } else {
            addItems(value.iterator(), next, breaks);
        }
        text.append(breaks ? line : "").append(value.isObject() ? '}' : ']');
    }

    private void addFields(Iterator<Map.Entry<String, JsonNode>> fields, String next, boolean breaks) {
        while (fields.hasNext()) {
            Map.Entry<String, JsonNode> field = fields.next();
            text.append(CanonicalJson.compact(TextNode.valueOf(field.getKey()))).append(": ");
            add(field.getValue(), next, breaks);
            text.append(fields.hasNext() ? "," + next : "");
        }
    }

    private void addItems(Iterator<JsonNode> items, String next, boolean breaks) {
        while (items.hasNext()) {
            add(items.next(), next, breaks);
            text.append(items.hasNext() ? "," + next : "");
        }
    }
}
