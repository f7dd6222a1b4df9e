package dev.lockstep.baseline;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lockstep.document.CanonicalJson;
import dev.lockstep.document.ErrorKind;
import dev.lockstep.document.LockstepException;
import dev.lockstep.run.RunHeader;
import dev.lockstep.run.SampleKey;
import dev.lockstep.score.Score;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The small, diffable side of a baseline run: what was asked, and what it scored.
 *
 * @param samples SHA-256 of the compressed run log in the object store
 */
public record RunManifest(RunHeader header, ScoreTable scores, String samples) {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    /** Returns the bytes of the file: same run, same bytes. */
    public String text() {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("manifestVersion", 1).put("samples", samples);
        header.writeTo(node);
        ObjectNode table = node.putObject("scores");
        scores.scores().forEach((key, values) -> {
            ObjectNode entry = table.putObject(key.toString());
            values.forEach(score -> entry.putObject(score.scorer())
                    .put("value", score.value())
                    .put("outcome", score.outcome().name().toLowerCase(Locale.ROOT)));
        });
        return CanonicalJson.pretty(node);
    }

    public static RunManifest read(Path file) {
        try {
            return of(MAPPER.readTree(Files.readString(file)));
        } catch (IOException e) {
            throw new LockstepException(
                    ErrorKind.BASELINE, file + ": the manifest of a baseline run cannot be read: " + e.getMessage(), e);
        }
    }

    private static RunManifest of(JsonNode node) {
        return new RunManifest(
                RunHeader.of(node),
                table(node.path("scores")),
                node.path("samples").asText());
    }

    private static ScoreTable table(JsonNode node) {
        SortedMap<SampleKey, List<Score>> scores = new TreeMap<>();
        node.properties().forEach(entry -> {
            List<Score> values = new ArrayList<>();
            entry.getValue()
                    .properties()
                    .forEach(score -> values.add(new Score(
                            score.getKey(),
                            score.getValue().path("value").asDouble(),
                            Score.Outcome.valueOf(
                                    score.getValue().path("outcome").asText().toUpperCase(Locale.ROOT)),
                            "")));
            scores.put(SampleKey.of(entry.getKey()), values);
        });
        return new ScoreTable(scores);
    }
}
