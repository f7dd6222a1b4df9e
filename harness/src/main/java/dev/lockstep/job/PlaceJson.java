package dev.lockstep.job;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lockstep.job.RunResult.Place;
import dev.lockstep.job.RunResult.Server;
import dev.lockstep.lock.Tier;
import java.util.Optional;
import java.util.stream.StreamSupport;

/** How a run was started, as its log keeps it. */
final class PlaceJson {

    private PlaceJson() {}

    static ObjectNode write(Place place) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("stack", place.stack()).put("store", place.store());
        ArrayNode suites = node.putArray("suites");
        place.suites().forEach(suites::add);
        place.gate().ifPresent(gate -> node.put("gate", gate));
        place.invocation().home().ifPresent(home -> node.put("home", home));
        Server server = place.server();
        server.running().ifPresent(name -> node.put("running", name));
        server.url().ifPresent(url -> node.put("url", url));
        server.epoch().ifPresent(epoch -> node.put("epoch", epoch));
        node.put("tier", place.tier());
        return node.put("managed", server.managed())
                .put("program", place.invocation().program());
    }

    /** Reads what {@link #write} wrote; older logs name neither gate nor home nor tier. */
    static Place read(JsonNode node) {
        return new Place(
                node.path("stack").asText(),
                node.path("store").asText(),
                StreamSupport.stream(node.path("suites").spliterator(), false)
                        .map(JsonNode::asText)
                        .toList(),
                text(node, "gate"),
                new Server(
                        text(node, "running"),
                        text(node, "url"),
                        text(node, "epoch"),
                        node.path("managed").asBoolean()),
                new Invocation(node.path("program").asText(), text(node, "home")),
                text(node, "tier").orElseGet(() -> new Tier.Full().key()));
    }

    private static Optional<String> text(JsonNode node, String name) {
        return Optional.ofNullable(node.get(name)).map(JsonNode::asText);
    }
}
