package dev.lockstep.lock;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.util.TokenBuffer;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * A JSON object with very many entries, read one after the other: the whole never lies in memory.
 *
 * <p>A broken text is an error of the parser; nothing is read as something else.
 */
final class JsonEntries {
    private static final int MOST_TOKENS_OF_A_VALUE = 256;

    /** Names are not remembered: a model has hundred thousands, each once. */
    private static final JsonFactory FACTORY = JsonFactory.builder()
            .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
            .disable(StreamReadFeature.AUTO_CLOSE_SOURCE)
            .build();

    private static final ObjectMapper MAPPER = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
            .build();

    private JsonEntries() {}

    /** Takes the name and the parser, which stands at the value; must read to the last token of it. */
    @FunctionalInterface
    interface Action {
        void entry(String name, JsonParser value) throws IOException;
    }

    /** Reads a text that is one object, and UTF-8; leaves the stream open. */
    static void of(InputStream text, Action action) throws IOException {
        try (JsonParser parser =
                FACTORY.createParser(new InputStreamReader(text, StandardCharsets.UTF_8.newDecoder()))) {
            try {
                parser.nextToken();
                in(parser, action);
                if (parser.nextToken() != null) {
                    throw new JsonParseException(parser, "there is more after its end");
                }
            } catch (CharacterCodingException e) {
                throw new JsonParseException(parser, "it is not UTF-8", e);
            }
        }
    }

    /** Reads the object at which the parser stands. */
    static void in(JsonParser parser, Action action) throws IOException {
        if (parser.currentToken() != JsonToken.START_OBJECT) {
            throw new JsonParseException(parser, "an object is expected here");
        }
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            parser.nextToken();
            action.entry(name, parser);
        }
    }

    /** Reads a small value as a tree; one of more than a few hundred tokens is refused. */
    static JsonNode small(JsonParser parser) throws IOException {
        try (TokenBuffer copy = new TokenBuffer(parser)) {
            int depth = 0;
            int tokens = 0;
            do {
                tokens++;
                if (tokens > MOST_TOKENS_OF_A_VALUE) {
                    throw new JsonParseException(parser, "a value is too long");
                }
                copy.copyCurrentEvent(parser);
                depth += step(parser.currentToken());
            } while (depth > 0 && parser.nextToken() != null);
            return MAPPER.readTree(copy.asParser());
        } catch (MismatchedInputException e) {
            throw new JsonParseException(parser, "a value has the same field twice", e);
        }
    }

    private static int step(JsonToken token) {
        if (token.isStructStart()) {
            return 1;
        }
        return token.isStructEnd() ? -1 : 0;
    }
}
