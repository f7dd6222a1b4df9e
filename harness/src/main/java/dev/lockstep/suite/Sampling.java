package dev.lockstep.suite;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lockstep.document.DocumentNode;
import dev.lockstep.document.Fields;
import dev.lockstep.document.NearestName;
import java.util.Map;

/** Reads {@code sampling}: what is sent with every request, a case's fields over the suite's. */
final class Sampling {
    private static final Map<String, String> REFUSED = Map.of(
            "seed", "list one seed for each repetition in 'seeds'",
            "logprobs", "use 'top_logprobs' beside 'sampling'",
            "top_logprobs", "write it beside 'sampling', not in it",
            "tools", "use 'tools' of the case",
            "messages", "use 'prompt' or 'messages' of the case",
            "model", "the stack says which model is asked",
            "stream", "the client decides how an answer is carried",
            "n", "use 'repetitions'");

    private final Fields owner;
    private final ObjectNode merged;

    private Sampling(Fields owner, ObjectNode merged) {
        this.owner = owner;
        this.merged = merged;
    }

    static ObjectNode read(Fields owner, ObjectNode outer) {
        Sampling sampling = new Sampling(owner, outer.deepCopy());
        owner.mapping("sampling").entries().forEach(sampling::add);
        return sampling.merged;
    }

    private void add(String name, DocumentNode.Entry entry) {
        RequestField field = RequestField.ALL.get(name);
        if (field == null) {
            owner.problemAt(entry.position(), unknown(name));
            return;
        }
        JsonNode value = entry.value().toJson();
        if (!field.accepts().test(value)) {
            owner.problemAt(
                    entry.value().position(), "'sampling." + name + "' is " + value + "; expected " + field.expected());
        }
        merged.set(name, value);
    }

    private static String unknown(String name) {
        String remedy = REFUSED.get(name);
        if (remedy != null) {
            return "'sampling' takes no '" + name + "'; " + remedy;
        }
        return "'sampling' has an unknown field '" + name + "'; "
                + NearestName.of(name, RequestField.ALL.keySet())
                        .map(near -> "did you mean '" + near + "'?")
                        .orElse("known fields: " + String.join(", ", RequestField.ALL.keySet()));
    }
}
