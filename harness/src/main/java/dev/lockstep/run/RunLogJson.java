package dev.lockstep.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lockstep.document.CanonicalJson;
import java.util.Locale;

/** The lines of a run log: one JSON object each, told apart by {@code kind}. */
final class RunLogJson {
    static final String SAMPLE = "sample";
    static final String REPEAT = "repeat";
    static final String CONFIRM = "confirm";
    static final String CONTROL = "control";
    static final String END = "end";

    private RunLogJson() {}

    static String line(RunHeader header) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("kind", "run").put("version", 1);
        header.writeTo(node);
        return CanonicalJson.compact(node);
    }

    static String line(RunEnd end) {
        ObjectNode node = JsonNodeFactory.instance.objectNode().put("kind", END);
        end.writeTo(node);
        return CanonicalJson.compact(node);
    }

    static String line(String kind, Sample sample) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("kind", kind).put("key", sample.key().toString()).put("seed", sample.seed());
        node.put("replica", sample.replica()).put("epoch", sample.epoch()).set("request", sample.request());
        ExchangeJson.write(sample.exchange(), node);
        node.put("outcome", sample.outcome().name().toLowerCase(Locale.ROOT));
        if (!sample.forced().isEmpty()) {
            ArrayNode forced = node.putArray("forced");
            sample.forced().forEach(each -> write(each, forced.addObject()));
        }
        return CanonicalJson.compact(node);
    }

    private static void write(ForcedExchange forced, ObjectNode node) {
        node.put("half", forced.half().name().toLowerCase(Locale.ROOT));
        ArrayNode follows = node.putArray("follows");
        forced.follows().forEach(follows::add);
        node.set("request", forced.request());
        ExchangeJson.write(forced.exchange(), node);
    }

    /**
     * Parses a line; the bodies of responses, which are most of it, stay as their text.
     *
     * @throws JsonProcessingException when it is torn
     */
    static JsonNode parse(String line) throws JsonProcessingException {
        return new LineParser(line).parse();
    }

    static Sample sample(JsonNode node) {
        return new Sample(
                SampleKey.of(node.path("key").asText()),
                node.path("seed").asLong(),
                node.path("replica").asText(),
                node.path("epoch").asText(),
                node.path("request"),
                ExchangeJson.read(node),
                Sample.Outcome.valueOf(node.path("outcome").asText().toUpperCase(Locale.ROOT)),
                node.path("forced").valueStream().map(RunLogJson::forced).toList());
    }

    private static ForcedExchange forced(JsonNode node) {
        return new ForcedExchange(
                ForcedExchange.Half.valueOf(node.path("half").asText().toUpperCase(Locale.ROOT)),
                node.path("follows").valueStream().map(JsonNode::intValue).toList(),
                node.path("request"),
                ExchangeJson.read(node));
    }
}
