package dev.lockstep.lock;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.stream.StreamSupport;

/** Checks as run logs and verdict files keep them: one object each, all fields as text. */
public final class CheckJson {

    private CheckJson() {}

    public static ArrayNode write(List<Check> checks) {
        ArrayNode array = JsonNodeFactory.instance.arrayNode();
        checks.forEach(check -> write(check, array.addObject()));
        return array;
    }

    private static void write(Check check, ObjectNode to) {
        to.put("layer", check.layer().key())
                .put("step", check.step().name())
                .put("field", check.field())
                .put("outcome", check.outcome().name())
                .put("policy", check.policy().name())
                .put("expected", check.expected())
                .put("actual", check.actual())
                .put("note", check.note());
        if (!check.where().isEmpty()) {
            to.put("where", check.where());
        }
    }

    /** Reads what {@link #write} wrote. @throws IllegalArgumentException when a name is unknown */
    public static List<Check> read(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false)
                .map(CheckJson::check)
                .toList();
    }

    private static Check check(JsonNode node) {
        String layer = node.path("layer").asText();
        return new Check(
                Layer.of(layer).orElseThrow(() -> new IllegalArgumentException("no layer is called '" + layer + "'")),
                Check.Step.valueOf(node.path("step").asText()),
                node.path("field").asText(),
                Check.Outcome.valueOf(node.path("outcome").asText()),
                Check.Policy.valueOf(node.path("policy").asText()),
                node.path("expected").asText(),
                node.path("actual").asText(),
                node.path("note").asText(),
                node.path("where").asText());
    }
}
