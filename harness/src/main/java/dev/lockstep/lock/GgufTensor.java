package dev.lockstep.lock;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/**
 * One tensor of a GGUF file.
 *
 * @param shape elements per dimension, the fastest-moving first, as in the file
 * @param offset bytes from the beginning of the data section
 * @param bytes length of its data
 */
record GgufTensor(String name, GgmlType type, List<Long> shape, long offset, long bytes) {

    GgufTensor {
        shape = List.copyOf(shape);
    }

    long end() {
        return Math.addExact(offset, bytes);
    }

    /** Returns what is hashed of a tensor: shape, type and the digest of its data; the name is the key. */
    JsonNode identity(String dataSha256) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        shape.forEach(node.putArray("shape")::add);
        return node.put("type", type.name()).put("sha256", dataSha256);
    }
}
