package dev.lockstep.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lockstep.document.ErrorKind;
import dev.lockstep.document.LockstepException;
import dev.lockstep.gate.Verdict;
import dev.lockstep.lock.Layer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.StreamSupport;

/** Reads the short form of a {@code verdict.json} back. */
final class VerdictFile {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private VerdictFile() {}

    static VerdictSummary read(Path file) {
        JsonNode node = parse(file);
        String schema = node.path("schema").asText();
        if (!schema.equals(VerdictJson.SCHEMA)) {
            throw broken(
                    file,
                    "'schema' is '" + schema + "', expected '" + VerdictJson.SCHEMA
                            + "'; make the file again with this version of Lockstep");
        }
        return new VerdictSummary(
                node.path("verdict").asText(),
                node.path("exitCode").asInt(),
                texts(node.path("layers")).stream().map(key -> layer(file, key)).toList(),
                texts(node.path("reasons")),
                scope(node.path("scope").asText()));
    }

    private static Optional<Verdict.Scope> scope(String name) {
        return name.isEmpty() ? Optional.empty() : Optional.of(Verdict.Scope.valueOf(name));
    }

    private static Layer layer(Path file, String key) {
        return Layer.of(key).orElseThrow(() -> broken(file, "'layers' names '" + key + "', which is no layer"));
    }

    private static List<String> texts(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false)
                .map(JsonNode::asText)
                .toList();
    }

    private static JsonNode parse(Path file) {
        try {
            return MAPPER.readTree(Files.readString(file));
        } catch (JsonProcessingException e) {
            throw broken(file, "is not JSON: " + e.getOriginalMessage());
        } catch (IOException e) {
            throw new LockstepException(ErrorKind.CONFIG, file + ": cannot be read: " + e.getMessage(), e);
        }
    }

    private static LockstepException broken(Path file, String what) {
        return new LockstepException(ErrorKind.CONFIG, file + ": " + what);
    }
}
