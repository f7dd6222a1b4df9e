package dev.lockstep.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lockstep.gate.Finding;
import java.io.IOException;
import java.util.Comparator;
import java.util.List;

/**
 * What one run of a profile said of a changed stack, read from its {@code verdict.json}.
 *
 * @param detectors those that changed, in their order
 * @param severity the greatest of all findings
 */
record Sighting(String profile, String verdict, List<String> detectors, Finding.Severity severity, long seconds) {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final double NANOS = 1e9;

    Sighting {
        detectors = List.copyOf(detectors);
    }

    /** Runs a profile against what is up. */
    static Sighting of(TestedStack stack, String profile) throws IOException, InterruptedException {
        long started = System.nanoTime();
        Wrapper.Result run = stack.night("--profile", profile);
        long seconds = Math.round((System.nanoTime() - started) / NANOS);
        JsonNode verdict = JSON.readTree(TestedStack.named(run, "verdict ").toFile());
        JsonNode findings = verdict.path("findings");
        return new Sighting(
                verdict.path("profile").asText(),
                verdict.path("verdict").asText(),
                findings.valueStream()
                        .filter(finding -> finding.path("result").asText().equals("CHANGED"))
                        .map(finding -> finding.path("detector").asText())
                        .toList(),
                findings.valueStream()
                        .map(finding -> Finding.Severity.valueOf(
                                finding.path("severity").asText()))
                        .max(Comparator.naturalOrder())
                        .orElse(Finding.Severity.NONE),
                seconds);
    }

    boolean isDrift() {
        return verdict.equals("DRIFT");
    }
}
