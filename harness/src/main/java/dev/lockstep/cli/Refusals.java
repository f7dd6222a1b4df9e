package dev.lockstep.cli;

import dev.lockstep.run.RunLog;
import dev.lockstep.run.Sample;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What the stack refused in recorded runs: once they are approved, a stack that answers it is the one that differs. */
record Refusals(List<RunLog> logs) {

    Refusals {
        logs = List.copyOf(logs);
    }

    /** Returns nothing when every sample was answered. */
    List<String> lines() {
        List<String> lines = new ArrayList<>();
        for (RunLog log : logs) {
            List<Sample> refused = log.samples().values().stream()
                    .filter(sample -> sample.outcome() == Sample.Outcome.REFUSED)
                    .toList();
            if (!refused.isEmpty()) {
                lines.add("  " + log.header().runId() + "  refused " + refused.size() + " of "
                        + log.samples().size() + ": " + suites(refused) + "; first " + reason(refused.getFirst()));
            }
        }
        if (!lines.isEmpty()) {
            lines.addFirst(
                    "refused samples; approving them makes refusing them right, so mend the stack first unless it is:");
        }
        return lines;
    }

    private static String suites(List<Sample> refused) {
        return refused.stream()
                .collect(Collectors.groupingBy(sample -> sample.key().suite(), TreeMap::new, Collectors.counting()))
                .entrySet()
                .stream()
                .map(suite -> suite.getKey() + " " + suite.getValue())
                .collect(Collectors.joining(", "));
    }

    private static String reason(Sample sample) {
        return sample.key() + ": " + sample.exchange().lastError();
    }
}
