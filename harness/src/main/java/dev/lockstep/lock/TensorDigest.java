package dev.lockstep.lock;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/**
 * What makes a tensor another one: its type, its shape, the digest of its data.
 *
 * @param shape elements per dimension, in the order of the file
 */
public record TensorDigest(String type, List<Long> shape, String sha256) {

    public TensorDigest {
        shape = List.copyOf(shape);
    }

    /** Returns what is hashed of it; its name is the key. */
    JsonNode toJson() {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("sha256", sha256);
        shape.forEach(node.putArray("shape")::add);
        return node.put("type", type);
    }
}
