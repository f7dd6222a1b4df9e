package dev.lockstep.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.lockstep.client.Attempt;
import dev.lockstep.client.Exchange;
import dev.lockstep.client.Timing;
import dev.lockstep.document.CanonicalJson;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;

/** The lines of a run log: one JSON object each, told apart by {@code kind}. */
final class RunLogJson {
    static final String SAMPLE = "sample";
    static final String REPEAT = "repeat";
    static final String CONFIRM = "confirm";
    static final String CONTROL = "control";
    static final String END = "end";
    private static final ObjectMapper MAPPER = new ObjectMapper();

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
        Exchange exchange = sample.exchange();
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("kind", kind).put("key", sample.key().toString()).put("seed", sample.seed());
        node.put("replica", sample.replica()).put("epoch", sample.epoch()).set("request", sample.request());
        ObjectNode response = node.putObject("response").put("status", exchange.status());
        response.set("body", body(exchange.body()));
        exchange.headers().forEach(response.putObject("headers")::put);
        Timing timing = exchange.timing();
        node.putObject("timing")
                .put("queued", timing.queued().toString())
                .put("sentMicros", timing.sentMicros())
                .put("firstByteMicros", timing.firstByteMicros())
                .put("doneMicros", timing.doneMicros());
        var attempts = node.putArray("attempts");
        exchange.attempts()
                .forEach(attempt ->
                        attempts.addObject().put("status", attempt.status()).put("error", attempt.error()));
        node.put("outcome", sample.outcome().name().toLowerCase(Locale.ROOT));
        return CanonicalJson.compact(node);
    }

    /** Parses a line. @throws JsonProcessingException when it is torn */
    static JsonNode parse(String line) throws JsonProcessingException {
        return MAPPER.readTree(line);
    }

    static Sample sample(JsonNode node) {
        return new Sample(
                SampleKey.of(node.path("key").asText()),
                node.path("seed").asLong(),
                node.path("replica").asText(),
                node.path("epoch").asText(),
                node.path("request"),
                exchange(node),
                Sample.Outcome.valueOf(node.path("outcome").asText().toUpperCase(Locale.ROOT)));
    }

    private static Exchange exchange(JsonNode node) {
        JsonNode response = node.path("response");
        JsonNode body = response.path("body");
        SortedMap<String, String> headers = new TreeMap<>();
        response.path("headers")
                .properties()
                .forEach(field -> headers.put(field.getKey(), field.getValue().asText()));
        JsonNode timing = node.path("timing");
        List<Attempt> attempts = new ArrayList<>();
        node.path("attempts")
                .forEach(attempt -> attempts.add(new Attempt(
                        attempt.path("status").asInt(), attempt.path("error").asText())));
        return new Exchange(
                response.path("status").asInt(),
                body.isTextual() ? body.textValue() : body.toString(),
                headers,
                new Timing(
                        Instant.parse(timing.path("queued").asText()),
                        timing.path("sentMicros").asLong(),
                        timing.path("firstByteMicros").asLong(),
                        timing.path("doneMicros").asLong()),
                attempts);
    }

    private static JsonNode body(String text) {
        try {
            JsonNode parsed = MAPPER.readTree(text);
            return parsed.isObject() ? parsed : TextNode.valueOf(text);
        } catch (JsonProcessingException e) {
            return TextNode.valueOf(text);
        }
    }
}
