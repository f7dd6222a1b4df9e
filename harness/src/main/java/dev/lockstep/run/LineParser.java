package dev.lockstep.run;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * Parses one line of a run log into a tree in which the body of a response is its text, as it stands in the line: only what is
 * compared is ever taken apart, and a body of a thousand log-probabilities costs more than all else.
 */
final class LineParser {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final String line;

    LineParser(String line) {
        this.line = line;
    }

    JsonNode parse() throws JsonProcessingException {
        try (JsonParser parser = MAPPER.createParser(line)) {
            parser.nextToken();
            return sample(parser);
        } catch (JsonProcessingException e) {
            throw e;
        } catch (IOException e) {
            throw new UncheckedIOException("a text in memory cannot be read", e);
        }
    }

    private JsonNode sample(JsonParser parser) throws IOException {
        if (!parser.hasToken(JsonToken.START_OBJECT)) {
            return MAPPER.readTree(line);
        }
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
            parser.nextToken();
            node.set(name, field(name, parser));
        }
        return node;
    }

    private JsonNode field(String name, JsonParser parser) throws IOException {
        if (name.equals("response") && parser.hasToken(JsonToken.START_OBJECT)) {
            return response(parser);
        }
        return name.equals("forced") && parser.hasToken(JsonToken.START_ARRAY)
                ? forced(parser)
                : parser.readValueAsTree();
    }

    private JsonNode forced(JsonParser parser) throws IOException {
        ArrayNode all = JsonNodeFactory.instance.arrayNode();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            all.add(sample(parser));
        }
        return all;
    }

    private JsonNode response(JsonParser parser) throws IOException {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
            boolean isObject = parser.nextToken() == JsonToken.START_OBJECT;
            boolean isBody = isObject && name.equals("body");
            node.set(name, isBody ? TextNode.valueOf(text(parser)) : parser.readValueAsTree());
        }
        return node;
    }

    private String text(JsonParser parser) throws IOException {
        int from = (int) parser.currentTokenLocation().getCharOffset();
        parser.skipChildren();
        return line.substring(from, (int) parser.currentLocation().getCharOffset());
    }
}
