package dev.lockstep.cli;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What the profiles said of each drift; drifts are told in the order of the family, whatever the order of the tests. */
final class DriftSightings {
    static final String SMOKE = "smoke";
    static final String NIGHTLY = "nightly";

    private final Map<String, List<Sighting>> seen = new TreeMap<>();
    private final TestedStack stack;

    DriftSightings(TestedStack stack) {
        this.stack = stack;
    }

    /** Runs the smoke profile on a start of the changed stack, and the nightly one where that finds nothing. */
    List<Sighting> smallest(FamilyDrift drift) throws IOException, InterruptedException {
        stack.start(drift.launch());
        Sighting smoke = Sighting.of(stack, SMOKE);
        return told(drift, smoke.isDrift() ? List.of(smoke) : List.of(smoke, Sighting.of(stack, NIGHTLY)));
    }

    /** Runs both profiles on a start of the changed stack, whatever the first one finds. */
    List<Sighting> both(FamilyDrift drift) throws IOException, InterruptedException {
        stack.start(drift.launch());
        return told(drift, List.of(Sighting.of(stack, SMOKE), Sighting.of(stack, NIGHTLY)));
    }

    private List<Sighting> told(FamilyDrift drift, List<Sighting> sightings) {
        seen.put(drift.name(), sightings);
        return sightings;
    }

    String table(List<FamilyDrift> family) {
        StringBuilder table = new StringBuilder("""
                | drift | what | layer that moved | what should show | smallest profile | smoke | nightly | severity | s |
                |---|---|---|---|---|---|---|---|---|
                """);
        family.stream().filter(drift -> seen.containsKey(drift.name())).forEach(drift -> table.append(row(drift)));
        return table.toString();
    }

    private String row(FamilyDrift drift) {
        List<Sighting> sightings = seen.getOrDefault(drift.name(), List.of());
        return "| `%s` | %s | %s | %s | %s | %s | %s | %s | %s |\n"
                .formatted(
                        drift.name(),
                        drift.what(),
                        drift.layers().isEmpty() ? "none" : String.join(", ", drift.layers()),
                        drift.expected(),
                        smallestProfile(sightings),
                        words(sightings, SMOKE),
                        words(sightings, NIGHTLY),
                        severity(sightings),
                        seconds(sightings));
    }

    private static String smallestProfile(List<Sighting> sightings) {
        return sightings.stream()
                .filter(Sighting::isDrift)
                .map(Sighting::profile)
                .findFirst()
                .orElse("none");
    }

    private static String words(List<Sighting> sightings, String profile) {
        return sightings.stream()
                .filter(sighting -> sighting.profile().equals(profile))
                .map(sighting -> sighting.verdict() + " " + String.join(" ", sighting.detectors()))
                .map(String::strip)
                .findFirst()
                .orElse("");
    }

    private static String severity(List<Sighting> sightings) {
        return sightings.stream()
                .map(Sighting::severity)
                .reduce((one, other) -> one.compareTo(other) < 0 ? other : one)
                .orElseThrow()
                .name();
    }

    private static String seconds(List<Sighting> sightings) {
        return sightings.stream()
                .map(sighting -> Long.toString(sighting.seconds()))
                .collect(Collectors.joining(" + "));
    }
}
