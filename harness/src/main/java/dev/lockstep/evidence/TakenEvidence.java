package dev.lockstep.evidence;

import dev.lockstep.lock.Check;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** The evidence that counts, by its source, and whether it was needed. */
final class TakenEvidence {
    private final Map<String, List<Check>> found = new LinkedHashMap<>();
    private final Map<String, List<String>> open = new LinkedHashMap<>();

    void add(String source, Collection<Check> checks) {
        found.computeIfAbsent(source, unused -> new ArrayList<>()).addAll(checks);
    }

    /** Keeps what a source says and nobody can compare, in words. */
    void leaveOpen(String source, List<String> words) {
        open.put(source, words);
    }

    /**
     * Returns a line for each source.
     *
     * @param merged the checks of a verification, in which evidence fills what could not be seen
     */
    List<String> words(List<Check> merged) {
        Set<Check> all = Set.copyOf(merged);
        return found.entrySet().stream()
                .map(each -> each.getKey() + ": " + words(each.getValue(), all)
                        + open.getOrDefault(each.getKey(), List.of()).stream()
                                .map(words -> "; " + words)
                                .collect(Collectors.joining()))
                .toList();
    }

    private static String words(List<Check> checks, Set<Check> merged) {
        List<Check> decided = checks.stream().filter(CompletedChecks::isDecided).toList();
        long used = decided.stream().filter(merged::contains).count();
        if (used > 0) {
            return "taken for " + used + " of its " + decided.size() + " checks";
        }
        return decided.isEmpty()
                ? "tells nothing of what the lock holds"
                : "not needed, for what it tells was seen here, too";
    }
}
