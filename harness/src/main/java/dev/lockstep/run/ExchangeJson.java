package dev.lockstep.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.lockstep.client.Attempt;
import dev.lockstep.client.Exchange;
import dev.lockstep.client.Timing;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** What came back of a request, as fields of a line of a run log. */
final class ExchangeJson {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private ExchangeJson() {}

    static void write(Exchange exchange, ObjectNode node) {
        ObjectNode response = node.putObject("response").put("status", exchange.status());
        response.set("body", body(exchange.body()));
        exchange.headers().forEach(response.putObject("headers")::put);
        Timing timing = exchange.timing();
        node.putObject("timing")
                .put("queued", timing.queued().toString())
                .put("sentMicros", timing.sentMicros())
                .put("firstByteMicros", timing.firstByteMicros())
                .put("doneMicros", timing.doneMicros());
        ArrayNode attempts = node.putArray("attempts");
        exchange.attempts()
                .forEach(attempt ->
                        attempts.addObject().put("status", attempt.status()).put("error", attempt.error()));
    }

    static Exchange read(JsonNode node) {
        JsonNode response = node.path("response");
        JsonNode body = response.path("body");
        SortedMap<String, String> headers = new TreeMap<>();
        response.path("headers")
                .properties()
                .forEach(field -> headers.put(field.getKey(), field.getValue().asText()));
        List<Attempt> attempts = new ArrayList<>();
        node.path("attempts")
                .forEach(attempt -> attempts.add(new Attempt(
                        attempt.path("status").asInt(), attempt.path("error").asText())));
        return new Exchange(
                response.path("status").asInt(),
                body.isTextual() ? body.textValue() : body.toString(),
                headers,
                timing(node.path("timing")),
                attempts);
    }

    private static Timing timing(JsonNode node) {
        return new Timing(
                Instant.parse(node.path("queued").asText()),
                node.path("sentMicros").asLong(),
                node.path("firstByteMicros").asLong(),
                node.path("doneMicros").asLong());
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
