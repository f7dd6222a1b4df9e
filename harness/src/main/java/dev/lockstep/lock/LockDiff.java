package dev.lockstep.lock;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * What differs between two locks, layer by layer.
 *
 * <p>Provenance comes last: a file's own digest changes whenever anything in it does, so it is a consequence.
 */
public record LockDiff(List<Change> changes) {
    private static final Comparator<Layer> CONSEQUENCES_LAST =
            Comparator.comparing((Layer layer) -> layer == Layer.PROVENANCE).thenComparing(Comparator.naturalOrder());

    public LockDiff {
        changes = List.copyOf(changes);
    }

    /**
     * One field that differs.
     *
     * @param state {@code pinned}, {@code declared} or {@code observed}
     * @param before the earlier value, short for people; empty when there was none
     * @param after the later value, short for people; empty when there is none
     */
    public record Change(Layer layer, String state, String field, String before, String after) {

        /** Returns both values in words: {@code f16 → (missing)}. */
        public String values() {
            return ShortValue.orMissing(before) + " → " + ShortValue.orMissing(after);
        }

        /** Returns whether this change gives the lock another id. */
        public boolean movesId() {
            return !state.equals("observed");
        }
    }

    /** Compares every field of every layer, and the subject, which is shown as a declared field of provenance. */
    public static LockDiff between(Lock before, Lock after) {
        List<Change> changes = new ArrayList<>();
        Arrays.stream(Layer.values())
                .sorted(CONSEQUENCES_LAST)
                .forEach(layer -> addChanges(layer, before.layer(layer), after.layer(layer), changes));
        addChanges(
                Layer.PROVENANCE,
                "declared",
                Map.of("subject", TextNode.valueOf(before.subject())),
                Map.of("subject", TextNode.valueOf(after.subject())),
                changes);
        return new LockDiff(changes);
    }

    /** Returns the layers with a pinned or declared change, in the order of the layers; provenance only when alone. */
    public List<Layer> layers() {
        List<Layer> moved = changes.stream()
                .filter(Change::movesId)
                .map(Change::layer)
                .distinct()
                .toList();
        return moved.size() == 1
                ? moved
                : moved.stream().filter(layer -> layer != Layer.PROVENANCE).toList();
    }

    /** Returns whether both locks have the same id: nothing pinned or declared differs. */
    public boolean sameId() {
        return changes.stream().noneMatch(Change::movesId);
    }

    private static void addChanges(Layer layer, LayerState before, LayerState after, List<Change> changes) {
        addChanges(layer, "declared", applicable(before), applicable(after), changes);
        addChanges(layer, "pinned", before.pinned(), after.pinned(), changes);
        addChanges(layer, "declared", before.declared(), after.declared(), changes);
        addChanges(layer, "observed", before.observed(), after.observed(), changes);
    }

    private static Map<String, JsonNode> applicable(LayerState state) {
        return Map.of("applicable", BooleanNode.valueOf(state.applicable()));
    }

    private static void addChanges(
            Layer layer,
            String state,
            Map<String, ? extends JsonNode> before,
            Map<String, ? extends JsonNode> after,
            List<Change> changes) {
        TreeSet<String> names = new TreeSet<>(before.keySet());
        names.addAll(after.keySet());
        for (String name : names) {
            JsonNode earlier = valueOf(before, name);
            JsonNode later = valueOf(after, name);
            ValueDiff.of(name, earlier, later)
                    .forEach(leaf -> changes.add(new Change(
                            layer,
                            state,
                            leaf.name(),
                            shown(leaf.before(), leaf.after()),
                            shown(leaf.after(), leaf.before()))));
        }
    }

    private static JsonNode valueOf(Map<String, ? extends JsonNode> fields, String name) {
        JsonNode value = fields.get(name);
        return value == null ? MissingNode.getInstance() : value;
    }

    private static String shown(JsonNode value, JsonNode other) {
        if (value.isMissingNode()) {
            return "";
        }
        return other.isMissingNode() ? ShortValue.of(value) : ShortValue.unlike(value, other);
    }
}
