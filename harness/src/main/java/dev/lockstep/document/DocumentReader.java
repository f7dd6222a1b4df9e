package dev.lockstep.document;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads YAML (and so JSON) into nodes with positions; broken text and double keys become problems. */
public final class DocumentReader {
    private static final ObjectMapper YAML = new ObjectMapper(YAMLFactory.builder()
            .enable(YAMLParser.Feature.PARSE_BOOLEAN_LIKE_WORDS_AS_STRINGS)
            .build());

    private final Path file;
    private final Problems problems;

    private DocumentReader(Path file, Problems problems) {
        this.file = file;
        this.problems = problems;
    }

    /** Reads a file; empty when it cannot be read, and then the reason is among the problems. */
    public static Optional<DocumentNode> read(Path file, Problems problems) {
        try {
            return new DocumentReader(file, problems).parse(Files.readString(file));
        } catch (NoSuchFileException e) {
            problems.add(new Position(file, 1, 1), "there is no such file; check the path");
        } catch (IOException e) {
            problems.add(new Position(file, 1, 1), "cannot be read: " + e.getMessage());
        }
        return Optional.empty();
    }

    /** Reads a text that stands in {@code file}. */
    public static Optional<DocumentNode> read(Path file, String text, Problems problems) {
        try {
            return new DocumentReader(file, problems).parse(text);
        } catch (IOException e) {
            throw new LockstepException(ErrorKind.CONFIG, file + ": cannot be read: " + e.getMessage(), e);
        }
    }

    private Optional<DocumentNode> parse(String text) throws IOException {
        try (JsonParser parser = YAML.createParser(text)) {
            if (parser.nextToken() == null) {
                problems.add(new Position(file, 1, 1), "the file is empty");
                return Optional.empty();
            }
            return Optional.of(node(parser));
        } catch (JsonProcessingException e) {
            problems.add(position(e.getLocation()), "is not valid YAML: " + firstLine(e.getOriginalMessage()));
            return Optional.empty();
        }
    }

    private DocumentNode node(JsonParser parser) throws IOException {
        Position position = position(parser.currentTokenLocation());
        return switch (parser.currentToken()) {
            case START_OBJECT -> mapping(parser, position);
            case START_ARRAY -> sequence(parser, position);
            default -> new DocumentNode.Scalar(position, scalar(parser));
        };
    }

    private DocumentNode mapping(JsonParser parser, Position position) throws IOException {
        Map<String, DocumentNode.Entry> entries = new LinkedHashMap<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String key = parser.currentName();
            Position at = position(parser.currentTokenLocation());
            parser.nextToken();
            DocumentNode.Entry earlier = entries.put(key, new DocumentNode.Entry(at, node(parser)));
            if (earlier != null) {
                problems.add(
                        at,
                        "'" + key + "' stands here twice, first in line "
                                + earlier.position().line() + "; keep one");
            }
        }
        return new DocumentNode.Mapping(position, entries);
    }

    private DocumentNode sequence(JsonParser parser, Position position) throws IOException {
        List<DocumentNode> items = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            items.add(node(parser));
        }
        return new DocumentNode.Sequence(position, items);
    }

    private static JsonNode scalar(JsonParser parser) throws IOException {
        JsonNode value = YAML.readTree(parser);
        return value == null ? JsonNodeFactory.instance.nullNode() : value;
    }

    private Position position(JsonLocation location) {
        return new Position(file, Math.max(1, location.getLineNr()), Math.max(1, location.getColumnNr()));
    }

    private static String firstLine(String text) {
        return text.lines().findFirst().orElse("unknown reason");
    }
}
