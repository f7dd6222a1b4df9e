package dev.lockstep.suite;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * A field that {@code sampling} may add to every request, and the values it takes.
 *
 * <p>The names are those of the OpenAI chat API and of what vLLM, SGLang and llama.cpp add to it. A name outside this list is
 * a mistake: a server ignores what it does not know, and the suite would measure something else than it says.
 */
record RequestField(String name, String expected, Predicate<JsonNode> accepts) {

    /** All fields, by name. */
    static final Map<String, RequestField> ALL = all();

    private static Map<String, RequestField> all() {
        Map<String, RequestField> fields = new TreeMap<>();
        for (RequestField field : new RequestField[] {
            number("temperature", 0, 10),
            number("top_p", 0, 1),
            number("min_p", 0, 1),
            number("typical_p", 0, 1),
            whole("top_k", -1),
            whole("max_tokens", 1),
            whole("min_tokens", 0),
            number("presence_penalty", -2, 2),
            number("frequency_penalty", -2, 2),
            number("repetition_penalty", 0, 10),
            number("repeat_penalty", 0, 10),
            whole("repeat_last_n", -1),
            flag("ignore_eos"),
            flag("skip_special_tokens"),
            flag("cache_prompt"),
            flag("parallel_tool_calls"),
            text("reasoning_effort"),
            mapping("chat_template_kwargs"),
            mapping("mm_processor_kwargs"),
            mapping("media_io_kwargs"),
            mapping("logit_bias"),
            mapping("response_format"),
            new RequestField("stop", "a text or a list of texts", value -> value.isTextual() || value.isArray()),
            new RequestField("tool_choice", "a text or a mapping", value -> value.isTextual() || value.isObject()),
        }) {
            fields.put(field.name(), field);
        }
        return fields;
    }

    private static RequestField number(String name, int least, int most) {
        return new RequestField(
                name,
                "a number from " + least + " to " + most,
                value -> value.isNumber() && value.doubleValue() >= least && value.doubleValue() <= most);
    }

    private static RequestField whole(String name, int least) {
        return new RequestField(
                name, "a whole number from " + least + " on", value -> value.isInt() && value.intValue() >= least);
    }

    private static RequestField flag(String name) {
        return new RequestField(name, "true or false", JsonNode::isBoolean);
    }

    private static RequestField text(String name) {
        return new RequestField(name, "text (in quotes)", JsonNode::isTextual);
    }

    private static RequestField mapping(String name) {
        return new RequestField(name, "fields (name: value)", JsonNode::isObject);
    }
}
