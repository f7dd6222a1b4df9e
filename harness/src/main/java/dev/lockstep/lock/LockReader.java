package dev.lockstep.lock;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lockstep.document.DocumentNode;
import dev.lockstep.document.Fields;
import dev.lockstep.document.Problems;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Turns a document into a lock; whatever is missing, unknown or of another version becomes a problem. */
final class LockReader {
    private static final String REMEDY = "restore the file from version control or make it anew with `lockstep lock`";
    private static final String LAYERS =
            Arrays.stream(Layer.values()).map(Layer::key).collect(Collectors.joining(", "));

    private final Problems problems;

    LockReader(Problems problems) {
        this.problems = problems;
    }

    /** Returns the lock; empty when there is a problem. */
    Optional<Lock> read(DocumentNode document) {
        Fields root = Fields.of(document, "the lock", problems);
        if (!hasKnownVersion(root)) {
            return Optional.empty();
        }
        String subject = root.requiredText("subject", REMEDY);
        Map<Layer, LayerState> layers = layers(root);
        root.rejectUnknown();
        return problems.isEmpty() ? Optional.of(new Lock(subject, layers)) : Optional.empty();
    }

    private boolean hasKnownVersion(Fields root) {
        Optional<DocumentNode> version = root.node("lockVersion");
        if (version.isEmpty()) {
            root.problem("lockVersion", "is no lock: it needs 'lockVersion'; " + REMEDY);
            return false;
        }
        JsonNode found = version.get().toJson();
        if (found.isIntegralNumber() && found.longValue() == LockWriter.VERSION) {
            return true;
        }
        root.problem(
                "lockVersion",
                "'lockVersion' is " + found + "; this Lockstep reads version " + LockWriter.VERSION
                        + "; use the Lockstep that wrote the file, or make it anew with `lockstep lock`");
        return false;
    }

    private Map<Layer, LayerState> layers(Fields root) {
        Map<Layer, LayerState> layers = new EnumMap<>(Layer.class);
        Fields found = Fields.of(root.mapping("layers"), "the lock", problems);
        for (Layer layer : Layer.values()) {
            layers.put(layer, LayerState.notApplicable());
            found.node(layer.key())
                    .ifPresentOrElse(
                            node -> layers.put(layer, state(layer, node)),
                            () -> found.problem(
                                    layer.key(),
                                    "layer '" + layer + "' is absent (an empty one reads \"notApplicable\"); "
                                            + REMEDY));
        }
        rejectUnknownLayers(found);
        return layers;
    }

    private void rejectUnknownLayers(Fields found) {
        found.entries().forEach((name, entry) -> {
            if (Layer.of(name).isEmpty()) {
                problems.add(entry.position(), "the lock: unknown layer '" + name + "'; known layers: " + LAYERS);
            }
        });
    }

    private LayerState state(Layer layer, DocumentNode node) {
        if (node.toJson().asText().equals(LockWriter.NOT_APPLICABLE)) {
            return LayerState.notApplicable();
        }
        Fields fields = Fields.of(node, "layer '" + layer + "'", problems);
        LayerState state = LayerState.of(
                values(fields, "pinned"),
                values(fields, "declared"),
                values(fields, "observed"),
                new TreeSet<>(fields.texts("unknown")));
        fields.rejectUnknown();
        return state;
    }

    private static Map<String, JsonNode> values(Fields fields, String state) {
        Map<String, JsonNode> values = new TreeMap<>();
        fields.mapping(state)
                .entries()
                .forEach((name, entry) -> values.put(name, entry.value().toJson()));
        return values;
    }
}
