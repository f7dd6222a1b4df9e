package dev.lockstep.document;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A YAML or JSON value that knows where it stands. */
public sealed interface DocumentNode {

    Position position();

    /** Returns the same value without positions. */
    JsonNode toJson();

    /** A key and its value; the position is that of the key. */
    record Entry(Position position, DocumentNode value) {}

    /** A mapping, in the order of the file. */
    record Mapping(Position position, Map<String, Entry> entries) implements DocumentNode {
        public Mapping {
            entries = Collections.unmodifiableMap(new LinkedHashMap<>(entries));
        }

        @Override
        public JsonNode toJson() {
            ObjectNode node = JsonNodeFactory.instance.objectNode();
            entries.forEach((key, entry) -> node.set(key, entry.value().toJson()));
            return node;
        }
    }

    /** A sequence. */
    record Sequence(Position position, List<DocumentNode> items) implements DocumentNode {
        public Sequence {
            items = List.copyOf(items);
        }

        @Override
        public JsonNode toJson() {
            ArrayNode node = JsonNodeFactory.instance.arrayNode();
            items.forEach(item -> node.add(item.toJson()));
            return node;
        }
    }

    /** A text, number, boolean or null. */
    record Scalar(Position position, JsonNode value) implements DocumentNode {
        @Override
        public JsonNode toJson() {
            return value;
        }
    }
}
