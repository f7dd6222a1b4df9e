package dev.lockstep.lock;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lockstep.document.CanonicalJson;
import dev.lockstep.lock.Check.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Compares what was found with what is locked.
 *
 * <p>Proof is complete, talk is not: what is pinned but missing from the disk is a mismatch, and so is what lies there but
 * is not in the lock; what an engine does not say is unverifiable, and what only it says is not checked.
 */
public final class Comparison {
    private static final String ALLOWED = "one of the values that stack.yaml allows; runs are compared within it alone";

    private final Lock lock;
    private final boolean isProof;
    private final Check.Step step;
    private final Policies policies;

    private Comparison(Lock lock, boolean isProof, Check.Step step, Policies policies) {
        this.lock = lock;
        this.isProof = isProof;
        this.step = step;
        this.policies = policies;
    }

    /**
     * Returns one check per locked field of each layer in {@code found}, and one for each found field that is not locked in
     * this state, in the order of the layers.
     *
     * @param state {@code pinned} or {@code observed}: the map of the lock that is compared
     * @param found all that this step can tell of each layer; what is absent counts as absent from the stack
     */
    public static List<Check> of(
            Lock lock,
            String state,
            Map<Layer, SortedMap<String, JsonNode>> found,
            Check.Step step,
            Policies policies) {
        Comparison comparison = new Comparison(lock, isProof(state), step, policies);
        List<Check> checks = new ArrayList<>();
        new TreeMap<>(found).forEach((layer, fields) -> comparison.add(layer, fields, checks));
        return List.copyOf(checks);
    }

    private static boolean isProof(String state) {
        return switch (state) {
            case "pinned" -> true;
            case "observed" -> false;
            default ->
                throw new IllegalArgumentException("'" + state + "' is not compared; expected pinned or observed");
        };
    }

    private void add(Layer layer, SortedMap<String, JsonNode> found, List<Check> checks) {
        SortedMap<String, JsonNode> locked =
                isProof ? lock.layer(layer).pinned() : lock.layer(layer).observed();
        locked.forEach((name, expected) -> {
            JsonNode actual = found.get(name);
            checks.add(actual == null ? absent(layer, name, expected) : both(layer, name, expected, actual, ""));
        });
        found.forEach((name, actual) -> {
            if (!locked.containsKey(name)) {
                checks.add(notLocked(layer, name, actual));
            }
        });
    }

    private Check both(Layer layer, String field, JsonNode expected, JsonNode actual, String note) {
        boolean isEqual = CanonicalJson.compact(expected).equals(CanonicalJson.compact(actual));
        boolean isAllowed = !isEqual && policies.of(layer, field).allows(actual);
        return check(
                layer,
                field,
                isEqual || isAllowed ? Outcome.MATCH : Outcome.MISMATCH,
                ShortValue.unlike(expected, actual),
                ShortValue.unlike(actual, expected),
                isAllowed ? ALLOWED : note);
    }

    private Check absent(Layer layer, String field, JsonNode locked) {
        String expected = ShortValue.of(locked);
        return isProof
                ? check(layer, field, Outcome.MISMATCH, expected, "", "the lock holds it, the stack does not")
                : check(layer, field, Outcome.UNVERIFIABLE, expected, "", "the stack does not tell it");
    }

    private Check notLocked(Layer layer, String field, JsonNode actual) {
        LayerState state = lock.layer(layer);
        JsonNode declared = state.declared().get(field);
        if (declared != null) {
            return both(layer, field, declared, actual, "the locked value is the operator's word");
        }
        if (isProof && !state.isUnknown(field)) {
            String note = state.applicable()
                    ? "the stack holds it, the lock does not"
                    : "the lock says that the stack has no such layer";
            return check(layer, field, Outcome.MISMATCH, "", ShortValue.of(actual), note);
        }
        String note = "the lock does not know it yet; `lockstep lock` learns it";
        return check(layer, field, Outcome.NOT_CHECKED, "", ShortValue.of(actual), note);
    }

    private Check check(Layer layer, String field, Outcome outcome, String expected, String actual, String note) {
        return new Check(layer, step, field, outcome, policies.of(layer, field).kind(), expected, actual, note);
    }
}
