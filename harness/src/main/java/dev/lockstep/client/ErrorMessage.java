package dev.lockstep.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Optional;

/** The message in the body of an error, in the shapes that engines and gateways use; else the beginning of the body. */
final class ErrorMessage {
    private static final List<String> PLACES = List.of("/error/message", "/message", "/detail", "/error");
    private static final int LONGEST = 200;

    private ErrorMessage() {}

    static String of(String body) {
        String message = WireJson.read(body).flatMap(ErrorMessage::find).orElse(body);
        String line = message.strip().replaceAll("\\s+", " ");
        return line.length() <= LONGEST ? line : line.substring(0, LONGEST) + "…";
    }

    private static Optional<String> find(JsonNode body) {
        return PLACES.stream()
                .map(body::at)
                .filter(JsonNode::isTextual)
                .map(JsonNode::textValue)
                .findFirst();
    }
}
