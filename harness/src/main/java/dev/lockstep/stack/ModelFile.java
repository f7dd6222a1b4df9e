package dev.lockstep.stack;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A file that a stack is made of.
 *
 * @param role what it is for, and the prefix of its fields in the lock: {@code model}, {@code projector}, {@code adapter.1}
 * @param settings further fields of its layer, such as the scale of an adapter
 */
record ModelFile(Path path, String role, Map<String, JsonNode> settings) {
    private static final String MODEL = "model";

    /** Tells whether this is the model itself, not what stands beside it. */
    boolean isModel() {
        return role.equals(MODEL);
    }

    static List<ModelFile> of(StackConfig.Files files) {
        List<ModelFile> all = new ArrayList<>();
        files.weights().ifPresent(path -> all.add(new ModelFile(path, MODEL, Map.of())));
        files.projector().ifPresent(path -> all.add(new ModelFile(path, "projector", Map.of())));
        int number = 0;
        for (StackConfig.Adapter adapter : files.adapters()) {
            number++;
            Map<String, JsonNode> scale = Map.of("scale", DoubleNode.valueOf(adapter.scale()));
            all.add(new ModelFile(adapter.path(), "adapter." + number, scale));
        }
        return all;
    }

    ModelFile withoutSettings() {
        return new ModelFile(path, role, Map.of());
    }

    /** Tells whether a field of the lock speaks of what is in this file, and not of how the server uses it. */
    boolean holds(String field) {
        return owns(field) && !settings.containsKey(field.substring(role.length() + 1));
    }

    /** Tells whether a field of the lock speaks of this file. */
    boolean owns(String field) {
        return field.startsWith(role + ".");
    }
}
