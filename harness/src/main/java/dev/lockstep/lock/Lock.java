package dev.lockstep.lock;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lockstep.document.CanonicalJson;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;

/** The machine-written resolution of a stack: all thirteen layers, each with what is known of it. */
public record Lock(String subject, Map<Layer, LayerState> layers) {

    /** Copies the layers. @throws IllegalArgumentException when one is absent */
    public Lock {
        for (Layer layer : Layer.values()) {
            if (!layers.containsKey(layer)) {
                throw new IllegalArgumentException("layer '" + layer + "' is absent; an empty one is notApplicable");
            }
        }
        layers = Collections.unmodifiableMap(new EnumMap<>(layers));
    }

    public LayerState layer(Layer layer) {
        return Objects.requireNonNull(layers.get(layer));
    }

    /** Hashes the subject and every pinned and declared value; observed and unknown ones never count. */
    public LockId id() {
        ObjectNode identity = JsonNodeFactory.instance.objectNode();
        identity.put("lockVersion", 1);
        identity.put("subject", subject);
        ObjectNode all = identity.putObject("layers");
        layers.forEach((layer, state) -> {
            ObjectNode node = all.putObject(layer.key());
            node.put("applicable", state.applicable());
            node.set("pinned", object(state.pinned()));
            node.set("declared", object(state.declared()));
        });
        return new LockId("lk1-" + CanonicalJson.sha256(identity));
    }

    private static ObjectNode object(SortedMap<String, JsonNode> fields) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        fields.forEach(node::set);
        return node;
    }
}
