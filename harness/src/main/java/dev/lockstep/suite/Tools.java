package dev.lockstep.suite;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lockstep.document.DocumentNode;
import dev.lockstep.document.Fields;
import dev.lockstep.document.NearestName;
import dev.lockstep.document.Problems;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** The tools that a suite declares, in the form that a request carries. */
final class Tools {
    private static final Pattern NAME = Pattern.compile("[a-zA-Z0-9_.-]{1,64}");

    private final Map<String, ObjectNode> functions;

    private Tools(Map<String, ObjectNode> functions) {
        this.functions = functions;
    }

    static Tools read(Fields suite, Problems problems) {
        Map<String, ObjectNode> functions = new TreeMap<>();
        suite.mapping("tools").entries().forEach((name, entry) -> {
            if (!NAME.matcher(name).matches()) {
                suite.problemAt(
                        entry.position(),
                        "the tool name '" + name + "' is not allowed; use up to 64 letters, digits, '_', '-' and '.'");
            }
            functions.put(name, function(name, entry.value(), problems));
        });
        return new Tools(functions);
    }

    /** Returns the request's {@code tools} for the names that a case lists. */
    ArrayNode select(Fields evalCase) {
        ArrayNode selected = JsonNodeFactory.instance.arrayNode();
        for (DocumentNode item : evalCase.items("tools")) {
            ObjectNode function = functions.get(item.toJson().asText());
            if (function == null) {
                evalCase.problemAt(item.position(), unknown(item.toJson().asText()));
            } else {
                selected.add(function.deepCopy());
            }
        }
        return selected;
    }

    private String unknown(String name) {
        return "the suite declares no tool '" + name + "'; "
                + NearestName.of(name, functions.keySet())
                        .map(near -> "did you mean '" + near + "'?")
                        .orElse("declare it under 'tools' of the suite");
    }

    private static ObjectNode function(String name, DocumentNode node, Problems problems) {
        ObjectNode function = JsonNodeFactory.instance.objectNode().put("name", name);
        Mappings.open(node, "tool '" + name + "'", problems).ifPresent(fields -> {
            fields.text("description").ifPresent(text -> function.put("description", text));
            function.set("parameters", parameters(fields));
            fields.rejectUnknown();
        });
        ObjectNode tool = JsonNodeFactory.instance.objectNode().put("type", "function");
        tool.set("function", function);
        return tool;
    }

    private static ObjectNode parameters(Fields fields) {
        if (fields.has("parameters")) {
            return (ObjectNode) fields.mapping("parameters").toJson();
        }
        ObjectNode none = JsonNodeFactory.instance.objectNode().put("type", "object");
        none.putObject("properties");
        return none;
    }
}
