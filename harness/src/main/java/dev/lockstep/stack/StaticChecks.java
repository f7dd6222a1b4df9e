package dev.lockstep.stack;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lockstep.lock.Check;
import dev.lockstep.lock.Layer;
import dev.lockstep.lock.LayerState;
import dev.lockstep.lock.Lock;
import java.util.ArrayList;
import java.util.List;

/** Whether the lock and {@code stack.yaml} speak of the same stack, before anything is asked. */
record StaticChecks(Lock lock, StackConfig config) {

    List<Check> run() {
        List<Check> checks = new ArrayList<>();
        checks.add(check(
                Layer.PROVENANCE,
                "subject",
                lock.subject(),
                config.name(),
                "the lock must be the one of this stack; check the folder"));
        // A visible stack of which nothing could be read is locked with what is still to be read.
        boolean isVisible = lock.layers().values().stream()
                .anyMatch(state -> !state.pinned().isEmpty() || state.unknown().contains(LayerState.EVERYTHING));
        checks.add(check(
                Layer.PROVENANCE,
                "visibility",
                isVisible ? "visible" : "opaque",
                config.visibility() == StackConfig.Visibility.VISIBLE ? "visible" : "opaque",
                "a stack is locked as visible or as opaque; lock it again after a change"));
        config.declared()
                .forEach((layer, words) -> words.forEach((field, word) -> {
                    JsonNode locked = lock.layer(layer).declared().get(field);
                    checks.add(check(
                            layer,
                            field,
                            locked == null ? "" : locked.toString(),
                            word.toString(),
                            "the operator's word in stack.yaml; lock the stack again after a change"));
                }));
        return checks;
    }

    private static Check check(Layer layer, String field, String expected, String actual, String note) {
        Check.Outcome outcome = expected.equals(actual) ? Check.Outcome.MATCH : Check.Outcome.MISMATCH;
        return new Check(layer, Check.Step.STATIC, field, outcome, Check.Policy.PIN, expected, actual, note);
    }
}
