package dev.lockstep.stack;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lockstep.document.Fields;
import java.util.Map;
import java.util.Set;

/**
 * The field {@code request} of stack.yaml: what one engine gets with every request, such as {@code cache_prompt}.
 *
 * <p>What the suites ask, and how they sample, is no engine's business: said here, it would overrule every suite in silence.
 */
record RequestExtras(Fields fields) {
    private static final Map<String, String> OWNED = Map.of(
            "model", "name it in 'model' of stack.yaml",
            "messages", "write it in the cases of a suite",
            "tools", "write them in a suite, under 'tools'",
            "seed", "write it in a suite, under 'seeds'",
            "n", "write it in a suite, as 'repetitions'",
            "logprobs", "write it in a suite, as 'top_logprobs'",
            "top_logprobs", "write it in a suite",
            "stream", "take it out; answers are read whole",
            "stream_options", "take it out; answers are read whole");
    private static final Set<String> SAMPLING = Set.of(
            "temperature",
            "top_p",
            "min_p",
            "typical_p",
            "top_k",
            "max_tokens",
            "max_completion_tokens",
            "min_tokens",
            "presence_penalty",
            "frequency_penalty",
            "repetition_penalty",
            "repeat_penalty",
            "repeat_last_n",
            "ignore_eos",
            "stop",
            "logit_bias",
            "response_format",
            "tool_choice",
            "parallel_tool_calls");

    /** Reads the fields, and reports each that belongs to the suites. */
    ObjectNode read() {
        ObjectNode extras = JsonNodeFactory.instance.objectNode();
        fields.entries().forEach((name, entry) -> {
            if (OWNED.containsKey(name)) {
                refuse(name, "is set by Lockstep for each request; " + OWNED.get(name));
            } else if (SAMPLING.contains(name)) {
                refuse(name, "decides how a suite samples; write it there, under 'sampling'");
            }
            extras.set(name, entry.value().toJson());
        });
        return extras;
    }

    private void refuse(String name, String why) {
        fields.problem(name, "'" + name + "' " + why);
    }
}
