package dev.lockstep.document;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.error.MarkedYAMLException;

/**
 * Reads YAML, or JSON where the file's name ends in {@code .json}, into nodes with positions.
 *
 * <p>Broken text, double keys, aliases and a second document become problems: nothing is read as something else.
 */
public final class DocumentReader {
    private static final int MOST_CHARACTERS = 1 << 28;
    private static final Pattern START_MARKER = Pattern.compile(" \\(start marker at .*");
    private static final ObjectMapper YAML = new ObjectMapper(YAMLFactory.builder()
            .enable(YAMLParser.Feature.PARSE_BOOLEAN_LIKE_WORDS_AS_STRINGS)
            .enable(YAMLParser.Feature.EMPTY_STRING_AS_NULL)
            .loaderOptions(loaderOptions())
            .build());
    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    private final Path file;
    private final Problems problems;
    private final boolean isJson;
    private final ObjectMapper mapper;

    private DocumentReader(Path file, Problems problems) {
        this.file = file;
        this.problems = problems;
        this.isJson = file.toString().endsWith(".json");
        this.mapper = isJson ? JSON : YAML;
    }

    /** Reads a file; empty when it cannot be read, and then the reason is among the problems. */
    public static Optional<DocumentNode> read(Path file, Problems problems) {
        try {
            return new DocumentReader(file, problems).parse(Files.readString(file));
        } catch (NoSuchFileException e) {
            problems.add(Position.of(file), "there is no such file; check the path");
        } catch (CharacterCodingException e) {
            problems.add(Position.of(file), "is not UTF-8 text; save it as UTF-8");
        } catch (AccessDeniedException e) {
            problems.add(Position.of(file), "cannot be read: access is denied; check the file's permissions");
        } catch (IOException e) {
            problems.add(Position.of(file), "cannot be read: " + e.getMessage());
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
        try (JsonParser parser = mapper.createParser(withoutByteOrderMark(text))) {
            if (parser.nextToken() == null) {
                problems.add(new Position(file, 1, 1), "the file is empty");
                return Optional.empty();
            }
            DocumentNode document = node(parser);
            if (parser.nextToken() != null) {
                problems.add(position(parser.currentTokenLocation()), "a second document begins here; keep one");
            }
            return Optional.of(document);
        } catch (JsonProcessingException e) {
            String form = isJson ? "JSON" : "YAML";
            problems.add(position(e.getLocation()), "is not valid " + form + ": " + reason(e));
            return Optional.empty();
        }
    }

    private DocumentNode node(JsonParser parser) throws IOException {
        Position position = position(parser.currentTokenLocation());
        return switch (parser.currentToken()) {
            case START_OBJECT -> mapping(parser, position);
            case START_ARRAY -> sequence(parser, position);
            default -> scalar(parser, position);
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

    private DocumentNode scalar(JsonParser parser, Position position) throws IOException {
        if (parser instanceof YAMLParser yaml && yaml.isCurrentAlias()) {
            problems.add(
                    position, "'*" + parser.getText() + "' is a YAML alias, which is not read; write the value out");
        }
        JsonNode value = mapper.readTree(parser);
        return new DocumentNode.Scalar(position, value == null ? JsonNodeFactory.instance.nullNode() : value);
    }

    private static String withoutByteOrderMark(String text) {
        return text.startsWith("\uFEFF") ? text.substring(1) : text;
    }

    private static LoaderOptions loaderOptions() {
        LoaderOptions options = new LoaderOptions();
        options.setCodePointLimit(MOST_CHARACTERS);
        return options;
    }

    private Position position(@Nullable JsonLocation location) {
        if (location == null) {
            return new Position(file, 1, 1);
        }
        return new Position(file, Math.max(1, location.getLineNr()), Math.max(1, location.getColumnNr()));
    }

    private static String reason(JsonProcessingException e) {
        if (e.getCause() instanceof MarkedYAMLException marked && marked.getProblem() != null) {
            return marked.getProblem();
        }
        String reason = e.getOriginalMessage().lines().findFirst().orElse("unknown reason");
        return START_MARKER.matcher(reason).replaceFirst("");
    }
}
