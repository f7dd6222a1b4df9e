package dev.lockstep.stack;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lockstep.document.CanonicalJson;
import dev.lockstep.lock.Check;
import dev.lockstep.lock.FieldPolicy;
import dev.lockstep.lock.Layer;
import dev.lockstep.lock.LayerState;
import dev.lockstep.lock.Lock;
import dev.lockstep.lock.ShortValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

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
        for (Layer layer : Layer.values()) {
            addDeclared(layer, checks);
        }
        fetched().ifPresent(checks::add);
        return checks;
    }

    /** Such a lock was made elsewhere or by hand; what it holds may be gone with the next start. */
    private Optional<Check> fetched() {
        SortedMap<String, JsonNode> launch =
                new TreeMap<>(lock.layer(Layer.LAUNCH).declared());
        launch.putAll(lock.layer(Layer.LAUNCH).pinned());
        Optional<FetchedModel> fetched =
                config.engine() == Engine.LLAMA_CPP ? FetchedModel.in(launch) : Optional.empty();
        return fetched.map(model -> new Check(
                Layer.LAUNCH,
                Check.Step.STATIC,
                "model.fetched",
                Check.Outcome.MISMATCH,
                Check.Policy.WARN,
                "",
                model.how(),
                model.problem()));
    }

    /** A word that stands in neither any more is compared too: what is no longer said is no longer locked. */
    private void addDeclared(Layer layer, List<Check> checks) {
        SortedMap<String, JsonNode> own = config.declared().getOrDefault(layer, new TreeMap<>());
        SortedMap<String, JsonNode> said = config.declared(layer);
        SortedMap<String, JsonNode> locked = lock.layer(layer).declared();
        TreeSet<String> fields = new TreeSet<>(locked.keySet());
        fields.addAll(said.keySet());
        for (String field : fields) {
            JsonNode expected = locked.get(field);
            JsonNode actual = said.get(field);
            checks.add(
                    own.containsKey(field)
                            ? check(
                                    layer,
                                    field,
                                    text(expected),
                                    text(actual),
                                    "the operator's word in stack.yaml; lock the stack again after a change")
                            : saved(layer, field, expected, actual));
        }
    }

    /** What a file tells of the place where the stack is served may differ as the stack's policies say. */
    private Check saved(Layer layer, String field, @Nullable JsonNode expected, @Nullable JsonNode actual) {
        FieldPolicy policy = config.policies().of(layer, field);
        boolean isSame = text(expected).equals(text(actual)) || (actual != null && policy.allows(actual));
        return new Check(
                layer,
                Check.Step.STATIC,
                field,
                isSame ? Check.Outcome.MATCH : Check.Outcome.MISMATCH,
                policy.kind(),
                shown(expected, actual),
                shown(actual, expected),
                "told by what stack.yaml names; lock the stack again after a change");
    }

    private static String text(@Nullable JsonNode value) {
        return value == null ? "" : CanonicalJson.compact(value);
    }

    private static String shown(@Nullable JsonNode value, @Nullable JsonNode other) {
        if (value == null) {
            return "";
        }
        return other == null ? ShortValue.of(value) : ShortValue.unlike(value, other);
    }

    private static Check check(Layer layer, String field, String expected, String actual, String note) {
        Check.Outcome outcome = expected.equals(actual) ? Check.Outcome.MATCH : Check.Outcome.MISMATCH;
        return new Check(layer, Check.Step.STATIC, field, outcome, Check.Policy.PIN, expected, actual, note);
    }
}
