package dev.lockstep.derivation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.lockstep.document.Position;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * One thing that was done to a model.
 *
 * @param position where stack.yaml says it
 * @param number its place among the steps, from 1
 * @param base what it was done to; empty for what the step before made
 * @param other the second model of a merge
 * @param adapter what was merged, or is loaded beside the model, absolute
 * @param tool name and version of the program that did it
 * @param changes the tensors that it may change; empty for those that its operation says
 */
public record Step(
        Position position,
        int number,
        Operation operation,
        Optional<Parent> base,
        Optional<Parent> other,
        Optional<Path> adapter,
        SortedMap<String, JsonNode> parameters,
        String tool,
        List<NamePattern> changes) {

    public Step {
        parameters = Collections.unmodifiableSortedMap(new TreeMap<>(parameters));
        changes = List.copyOf(changes);
    }

    /** Returns what the operator says of it, as fields of the lock; what files prove is not among them. */
    SortedMap<String, JsonNode> declared() {
        SortedMap<String, JsonNode> fields = new TreeMap<>();
        fields.put(field("op"), TextNode.valueOf(operation.key()));
        fields.put(field("tool"), TextNode.valueOf(tool));
        parameters.forEach((name, value) -> fields.put(field("parameters." + name), value));
        parents()
                .forEach((name, parent) ->
                        parent.id().ifPresent(id -> fields.put(field(name), TextNode.valueOf(id.value()))));
        if (!changes.isEmpty()) {
            ArrayNode names = JsonNodeFactory.instance.arrayNode();
            changes.forEach(pattern -> names.add(pattern.toString()));
            fields.put(field("changes"), names);
        }
        return fields;
    }

    /** Returns the models that it names, by the field that names them. */
    SortedMap<String, Parent> parents() {
        SortedMap<String, Parent> parents = new TreeMap<>();
        base.ifPresent(parent -> parents.put("base", parent));
        other.ifPresent(parent -> parents.put("with", parent));
        return parents;
    }

    /** Returns the name of a field of the lock that speaks of this step. */
    String field(String name) {
        return number + "." + name;
    }

    /** Returns a parameter that is a number. */
    double number(String name, double otherwise) {
        JsonNode value = parameters.get(name);
        return value == null ? otherwise : value.asDouble(otherwise);
    }

    @Override
    public String toString() {
        return "derivation " + number + " (" + operation.key() + ")";
    }
}
