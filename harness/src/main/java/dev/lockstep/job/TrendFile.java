package dev.lockstep.job;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lockstep.document.AtomicFile;
import dev.lockstep.document.CanonicalJson;
import dev.lockstep.gate.Trend;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** {@code trend.json} in the folder of a run: what the runs up to it say together, for the next one to go on from. */
public final class TrendFile {
    private static final ObjectMapper JSON = new ObjectMapper();

    private TrendFile() {}

    /**
     * Returns the trends of the newest run before this one that was held against the same baseline; none when there is none.
     *
     * @param runs the folder of all runs of a stack
     * @param baseline the ids of its approved runs
     */
    static List<Trend> before(Path runs, String runId, String baseline) {
        if (!Files.isDirectory(runs)) {
            return List.of();
        }
        try (Stream<Path> folders = Files.list(runs)) {
            return folders.filter(folder -> folder.getFileName().toString().compareTo(runId) < 0)
                    .sorted(Comparator.reverseOrder())
                    .flatMap(folder -> read(new RunFolder(folder).trend()).stream())
                    .filter(trend -> trend.path("baseline").asText().equals(baseline))
                    .findFirst()
                    .map(trend -> trends(trend.path("trends")))
                    .orElse(List.of());
        } catch (IOException e) {
            // Runs that cannot be listed leave the verdict as it is; their evidence starts anew.
            return List.of();
        }
    }

    static void write(RunFolder folder, String baseline, List<Trend> trends) {
        ObjectNode node = JsonNodeFactory.instance.objectNode().put("baseline", baseline);
        node.set("trends", json(trends));
        AtomicFile.write(folder.trend(), CanonicalJson.pretty(node));
    }

    /** Returns trends as they stand in {@code trend.json}, the run log and {@code verdict.json}. */
    public static JsonNode json(List<Trend> trends) {
        var array = JsonNodeFactory.instance.arrayNode();
        trends.forEach(trend -> array.addObject()
                .put("detector", trend.detector())
                .put("evidence", trend.evidence())
                .put("nights", trend.nights()));
        return array;
    }

    static List<Trend> trends(JsonNode array) {
        List<Trend> trends = new ArrayList<>();
        array.forEach(trend -> trends.add(new Trend(
                trend.path("detector").asText(),
                trend.path("evidence").asDouble(),
                trend.path("nights").asInt())));
        return trends;
    }

    /** A file that is missing or broken tells nothing: the evidence starts anew. */
    private static Optional<JsonNode> read(Path file) {
        try {
            return Files.exists(file) ? Optional.of(JSON.readTree(Files.readString(file))) : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
