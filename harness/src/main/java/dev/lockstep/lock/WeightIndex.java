package dev.lockstep.lock;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Which files an index maps tensors to: {@code model.safetensors.index.json}.
 *
 * @param tensors file to one of its tensors
 */
record WeightIndex(SortedMap<String, String> tensors) {
    private static final JsonFactory JSON = new JsonFactory();
    private static final String MAP = "weight_map";

    WeightIndex {
        tensors = Collections.unmodifiableSortedMap(new TreeMap<>(tensors));
    }

    /** Reads it as a stream, for it may name a hundred thousand tensors. */
    static WeightIndex read(Path file) throws IOException {
        SortedMap<String, String> tensors = new TreeMap<>();
        try (JsonParser parser = JSON.createParser(file.toFile())) {
            requireObject(parser.nextToken());
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                boolean isMap = parser.currentName().equals(MAP);
                if (parser.nextToken() == JsonToken.START_OBJECT && isMap) {
                    readMap(parser, tensors);
                } else {
                    parser.skipChildren();
                }
            }
        }
        return new WeightIndex(tensors);
    }

    private static void requireObject(JsonToken first) throws IOException {
        if (first != JsonToken.START_OBJECT) {
            throw new IOException("it is no JSON object");
        }
    }

    private static void readMap(JsonParser parser, SortedMap<String, String> tensors) throws IOException {
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String tensor = parser.currentName();
            parser.nextToken();
            tensors.putIfAbsent(parser.getText(), tensor);
            parser.skipChildren();
        }
    }
}
