package dev.lockstep.lock;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.SortedMap;

/** Spells a lock as JSON; empty maps and lists are left out. */
final class LockWriter {
    static final int VERSION = 1;
    static final String NOT_APPLICABLE = "notApplicable";

    private LockWriter() {}

    static String text(Lock lock) {
        ObjectNode root = JsonNodeFactory.instance.objectNode();
        root.put("lockVersion", VERSION);
        root.put("subject", lock.subject());
        ObjectNode layers = root.putObject("layers");
        lock.layers().forEach((layer, state) -> layers.set(layer.key(), layer(state)));
        return LockText.of(root);
    }

    private static JsonNode layer(LayerState state) {
        if (!state.applicable()) {
            return TextNode.valueOf(NOT_APPLICABLE);
        }
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        putFields(node, "pinned", state.pinned());
        putFields(node, "declared", state.declared());
        putFields(node, "observed", state.observed());
        if (!state.unknown().isEmpty()) {
            state.unknown().forEach(node.putArray("unknown")::add);
        }
        return node;
    }

    private static void putFields(ObjectNode node, String name, SortedMap<String, JsonNode> fields) {
        if (!fields.isEmpty()) {
            fields.forEach(node.putObject(name)::set);
        }
    }
}
