package dev.lockstep.lock;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lockstep.document.CanonicalJson;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * Compares what changes no answer: documents beside a model, files that no engine loads, the name of a commit.
 *
 * <p>They are kept because recommended settings live in a README; a difference is told, and never breaks a lock.
 */
public final class NoteComparison {
    private static final String COMMIT = ".commit";
    private static final Pattern NOTE =
            Pattern.compile("(model|projector|tokenizer|adapter\\.\\d+|ollama)\\.(file\\..+|commit|tensors)");

    private final Lock lock;
    private final Check.Policy policy;

    private NoteComparison(Lock lock, Policies policies) {
        this.lock = lock;
        Check.Policy given = policies.of(Layer.PROVENANCE);
        this.policy = given == Check.Policy.PIN ? Check.Policy.WARN : given;
    }

    /** Tells whether files tell this field, and not a live server. */
    public static boolean isNote(Layer layer, String field) {
        return layer == Layer.PROVENANCE && NOTE.matcher(field).matches();
    }

    /**
     * Returns one check for each note of the lock or of the files.
     *
     * @param isRead whether the files that a field speaks of were read
     */
    public static List<Check> of(Lock lock, Map<String, JsonNode> found, Predicate<String> isRead, Policies policies) {
        NoteComparison comparison = new NoteComparison(lock, policies);
        TreeSet<String> fields = new TreeSet<>(found.keySet());
        lock.layer(Layer.PROVENANCE).observed().keySet().stream()
                .filter(field -> isNote(Layer.PROVENANCE, field) && isRead.test(field))
                .forEach(fields::add);
        List<Check> checks = new ArrayList<>();
        fields.forEach(field -> checks.add(comparison.check(field, found)));
        return List.copyOf(checks);
    }

    private Check check(String field, Map<String, JsonNode> found) {
        JsonNode locked = lock.layer(Layer.PROVENANCE).observed().get(field);
        JsonNode actual = found.get(field);
        boolean isEqual = locked != null
                && actual != null
                && CanonicalJson.compact(locked).equals(CanonicalJson.compact(actual));
        return new Check(
                Layer.PROVENANCE,
                Check.Step.DISK,
                field,
                isEqual ? Check.Outcome.MATCH : Check.Outcome.MISMATCH,
                policy,
                locked == null ? "" : ShortValue.of(locked),
                actual == null ? "" : ShortValue.of(actual),
                note(field));
    }

    private static String note(String field) {
        if (field.endsWith(COMMIT)) {
            return "the revision led to another commit when it was locked";
        }
        return TensorRoots.isRoot(field) ? "the root of all tensors in the weights" : "no engine reads it";
    }
}
