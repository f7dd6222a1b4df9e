package dev.lockstep.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lockstep.gate.Attribution;
import dev.lockstep.gate.Clue;

/** An attribution for machines: {@code clue}, {@code pointsTo}, {@code basis}, {@code sentence}, and the sign of each clue. */
public final class AttributionJson {

    private AttributionJson() {}

    public static ObjectNode of(Attribution attribution) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.putNull("clue");
        attribution.clue().ifPresent(clue -> node.put("clue", clue.name()));
        ArrayNode layers = node.putArray("pointsTo");
        attribution.layers().forEach(layer -> layers.add(layer.key()));
        node.put("basis", attribution.basis().words()).put("sentence", attribution.sentence());
        ObjectNode signs = node.putObject("signs");
        for (Clue clue : Clue.values()) {
            signs.put(clue.name(), attribution.signs().sign(clue).name());
        }
        return node;
    }
}
