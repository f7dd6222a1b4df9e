package dev.lockstep.cli;

import dev.lockstep.baseline.RunManifest;
import dev.lockstep.baseline.ScoreTable;
import dev.lockstep.run.SampleKey;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Recorded runs for a terminal: what a person looks at before approving. */
final class RecordedRuns {

    private RecordedRuns() {}

    /** Returns one line a run: its id, its server start, and the mean score of each suite. */
    static String line(RunManifest run) {
        return "  " + run.header().runId() + "  epoch " + run.header().epoch() + scores(run.scores());
    }

    private static String scores(ScoreTable table) {
        SortedMap<String, List<SampleKey>> suites = table.scores().keySet().stream()
                .filter(key -> !table.scores().getOrDefault(key, List.of()).isEmpty())
                .collect(Collectors.groupingBy(SampleKey::suite, TreeMap::new, Collectors.toList()));
        String means = suites.entrySet().stream()
                .map(suite -> String.format(Locale.ROOT, "%s %.3f", suite.getKey(), mean(table, suite.getValue())))
                .collect(Collectors.joining(", "));
        return means.isEmpty() ? "" : "  scores: " + means;
    }

    private static double mean(ScoreTable table, List<SampleKey> keys) {
        return keys.stream().mapToDouble(table::value).average().orElseThrow();
    }
}
