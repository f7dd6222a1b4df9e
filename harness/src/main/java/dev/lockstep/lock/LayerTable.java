package dev.lockstep.lock;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lockstep.document.CanonicalJson;
import java.util.Arrays;
import java.util.List;

/** Two locks layer by layer, at a glance. */
public final class LayerTable {
    private static final String NOTHING_HELD = "none";

    private LayerTable() {}

    /**
     * One layer in both locks.
     *
     * @param before SHA-256 over its pinned and declared values; {@code none} when there are none, empty when the
     *     stack has no such layer
     * @param after the same of the later lock
     * @param changes how many fields differ that count for the lock id
     * @param observed how many observed ones differ
     */
    public record Row(Layer layer, String before, String after, long changes, long observed) {

        /** Returns whether anything differs that counts for the lock id. */
        public boolean moved() {
            return !before.equals(after);
        }
    }

    /** Returns a row for each layer, in the order of a prompt's way. */
    public static List<Row> of(Lock before, Lock after) {
        LockDiff diff = LockDiff.between(before, after);
        return Arrays.stream(Layer.values())
                .map(layer -> new Row(
                        layer,
                        digest(before.layer(layer)),
                        digest(after.layer(layer)),
                        count(diff, layer, true),
                        count(diff, layer, false)))
                .toList();
    }

    private static long count(LockDiff diff, Layer layer, boolean movesId) {
        return diff.changes().stream()
                .filter(change -> change.layer() == layer && change.movesId() == movesId)
                .count();
    }

    private static String digest(LayerState state) {
        if (!state.applicable()) {
            return "";
        }
        if (state.pinned().isEmpty() && state.declared().isEmpty()) {
            return NOTHING_HELD;
        }
        ObjectNode identity = JsonNodeFactory.instance.objectNode();
        state.pinned().forEach(identity.putObject("pinned")::set);
        state.declared().forEach(identity.putObject("declared")::set);
        return CanonicalJson.sha256(identity);
    }
}
