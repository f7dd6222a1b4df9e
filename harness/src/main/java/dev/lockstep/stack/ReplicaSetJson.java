package dev.lockstep.stack;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lockstep.lock.Check;
import dev.lockstep.lock.Layer;
import java.net.URI;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** The servers behind an endpoint as run logs and verdict files keep them. */
public final class ReplicaSetJson {
    private ReplicaSetJson() {}

    public static ObjectNode write(ReplicaSet set) {
        ObjectNode node =
                JsonNodeFactory.instance.objectNode().put("known", set.known().name());
        ArrayNode servers = node.putArray("servers");
        for (ReplicaState state : set.states()) {
            ObjectNode server = servers.addObject()
                    .put("name", state.name())
                    .put("url", state.url().toString());
            server.put("silence", state.silence());
            ObjectNode broken = server.putObject("broken");
            state.broken().forEach((layer, step) -> broken.put(layer.key(), step.name()));
        }
        return node;
    }

    /** Reads what {@link #write} wrote; empty for a log that does not tell. */
    public static Optional<ReplicaSet> read(JsonNode node) {
        return node.has("known")
                ? Optional.of(new ReplicaSet(
                        ReplicaSet.Known.valueOf(node.path("known").asText()),
                        node.path("servers")
                                .valueStream()
                                .map(ReplicaSetJson::state)
                                .toList()))
                : Optional.empty();
    }

    private static ReplicaState state(JsonNode node) {
        SortedMap<Layer, Check.Step> broken = new TreeMap<>();
        node.path("broken")
                .properties()
                .forEach(each -> broken.put(
                        Layer.of(each.getKey()).orElseThrow(),
                        Check.Step.valueOf(each.getValue().asText())));
        return new ReplicaState(
                node.path("name").asText(),
                URI.create(node.path("url").asText()),
                node.path("silence").asText(),
                broken);
    }
}
