package dev.lockstep.baseline;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lockstep.document.CanonicalJson;
import dev.lockstep.document.ErrorKind;
import dev.lockstep.document.LockstepException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The file {@code baseline.json}: which runs were approved, by whom and why, and the noise between them. */
record BaselineFile(JsonNode node) {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    static BaselineFile read(Path file) {
        try {
            return new BaselineFile(MAPPER.readTree(Files.readString(file)));
        } catch (IOException e) {
            throw new LockstepException(
                    ErrorKind.BASELINE, file + ": cannot be read: " + e.getMessage() + "; restore it from git", e);
        }
    }

    static String text(Baseline baseline) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("baselineVersion", 1).put("lockId", baseline.lockId());
        var runs = node.putArray("runs");
        baseline.runs().forEach(run -> runs.add(run.runId()));
        node.putObject("approved").put("by", baseline.approvedBy()).put("why", baseline.why());
        ObjectNode calibration = node.putObject("calibration");
        for (Calibration measured : baseline.calibrations()) {
            calibration
                    .putObject(measured.detector())
                    .put("noise", measured.noise().name())
                    .put("runs", measured.runs())
                    .put("samples", measured.samples())
                    .put("comparisons", measured.comparisons())
                    .put("mismatches", measured.mismatches());
        }
        return CanonicalJson.pretty(node);
    }

    String lockId() {
        return node.path("lockId").asText();
    }

    List<String> runIds() {
        List<String> runIds = new ArrayList<>();
        node.path("runs").forEach(runId -> runIds.add(runId.asText()));
        return runIds;
    }

    /** Returns {@code by} or {@code why}. */
    String approved(String field) {
        return node.path("approved").path(field).asText();
    }

    List<Calibration> calibrations() {
        List<Calibration> calibrations = new ArrayList<>();
        node.path("calibration")
                .properties()
                .forEach(each -> calibrations.add(calibration(each.getKey(), each.getValue())));
        return calibrations;
    }

    private static Calibration calibration(String detector, JsonNode measured) {
        int runs = measured.path("runs").asInt();
        int comparisons = measured.path("comparisons").asInt();
        return new Calibration(
                detector,
                runs,
                measured.path("samples").asInt(comparisons / Math.max(1, runs - 1)),
                comparisons,
                measured.path("mismatches").asInt());
    }
}
