package dev.lockstep.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lockstep.client.Answer.Token;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The message of a chat completion as the server made it of its tokens: under which names, in which parts.
 *
 * <p>Ids of tool calls are new each time, and a field that is null or empty is as one that is not there.
 *
 * @param tokens the generated tokens, at least one
 */
public record MessageShape(List<String> tokens, JsonNode message) {
    private static final Set<String> NEW_EACH_TIME = Set.of("id");

    public MessageShape {
        tokens = List.copyOf(tokens);
    }

    /** Returns the message of the first choice; empty where the body has none, or does not tell its tokens. */
    public static Optional<MessageShape> of(String body) {
        return WireJson.read(body)
                .map(completion -> completion.at("/choices/0"))
                .flatMap(MessageShape::ofChoice);
    }

    private static Optional<MessageShape> ofChoice(JsonNode choice) {
        List<String> tokens = TokenReader.read(choice).stream().map(Token::text).toList();
        ObjectNode shape = JsonNodeFactory.instance.objectNode();
        shape.set("message", normal(choice.path("message")));
        shape.set("finish_reason", choice.path("finish_reason"));
        return tokens.isEmpty() ? Optional.empty() : Optional.of(new MessageShape(tokens, shape));
    }

    /** Tells whether the model generated the same. */
    public boolean isOfSameTokens(MessageShape other) {
        return tokens.equals(other.tokens);
    }

    private static JsonNode normal(JsonNode value) {
        if (value.isArray()) {
            ArrayNode items = JsonNodeFactory.instance.arrayNode();
            value.forEach(item -> items.add(normal(item)));
            return items;
        }
        if (!value.isObject()) {
            return value;
        }
        ObjectNode fields = JsonNodeFactory.instance.objectNode();
        value.properties().forEach(field -> {
            if (!NEW_EACH_TIME.contains(field.getKey()) && !isEmpty(field.getValue())) {
                fields.set(field.getKey(), normal(field.getValue()));
            }
        });
        return fields;
    }

    private static boolean isEmpty(JsonNode value) {
        boolean isEmptyContainer = value.isContainerNode() && value.isEmpty();
        return value.isNull()
                || isEmptyContainer
                || (value.isTextual() && value.textValue().isEmpty());
    }
}
