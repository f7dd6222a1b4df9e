package dev.lockstep.lock;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lockstep.document.CanonicalJson;
import java.util.List;

/**
 * What a mismatch in one field means.
 *
 * @param allowed the values beside the locked one, only for {@link Check.Policy#ONE_OF}
 */
public record FieldPolicy(Check.Policy kind, List<JsonNode> allowed) {

    public FieldPolicy {
        allowed = allowed.stream().map(CanonicalJson::normal).toList();
    }

    public static FieldPolicy of(Check.Policy kind) {
        return new FieldPolicy(kind, List.of());
    }

    /** Several values are right beside the locked one; runs are compared within each alone. */
    public static FieldPolicy oneOf(List<JsonNode> allowed) {
        return new FieldPolicy(Check.Policy.ONE_OF, allowed);
    }

    /** Returns whether a value other than the locked one is right too. */
    public boolean allows(JsonNode value) {
        return allowed.contains(CanonicalJson.normal(value));
    }
}
