package dev.lockstep.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.stream.StreamSupport;

/**
 * The last line of a run log: what else a verdict and its reports rest on, so that they can be made again from the log.
 *
 * @param place how the run was started, as JSON
 * @param checks what verification found, as JSON
 * @param unverified keys of the layers that nobody could prove to be the locked ones
 * @param trouble what made the run itself doubtful; empty when nothing did
 * @param trends what the runs before this one say together, as JSON
 * @param replicas the servers that were verified, as JSON; an empty object in a log that does not tell
 */
public record RunEnd(
        JsonNode place,
        JsonNode checks,
        List<String> unverified,
        List<String> trouble,
        JsonNode trends,
        JsonNode replicas) {

    public RunEnd {
        place = place.deepCopy();
        checks = checks.deepCopy();
        unverified = List.copyOf(unverified);
        trouble = List.copyOf(trouble);
        trends = trends.deepCopy();
        replicas = replicas.isObject() ? replicas.deepCopy() : JsonNodeFactory.instance.objectNode();
    }

    /** Makes an end that does not tell of the servers. */
    public RunEnd(JsonNode place, JsonNode checks, List<String> unverified, List<String> trouble, JsonNode trends) {
        this(place, checks, unverified, trouble, trends, JsonNodeFactory.instance.objectNode());
    }

    static RunEnd of(JsonNode node) {
        return new RunEnd(
                node.path("place"),
                node.path("checks"),
                texts(node.path("unverified")),
                texts(node.path("trouble")),
                node.path("trends"),
                node.path("replicas"));
    }

    void writeTo(ObjectNode node) {
        node.set("place", place);
        node.set("checks", checks);
        put(node.putArray("unverified"), unverified);
        put(node.putArray("trouble"), trouble);
        node.set("trends", trends);
        if (!replicas.isEmpty()) {
            node.set("replicas", replicas);
        }
    }

    private static void put(ArrayNode to, List<String> texts) {
        texts.forEach(to::add);
    }

    private static List<String> texts(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false)
                .map(JsonNode::asText)
                .toList();
    }
}
