package dev.lockstep.stack;

import dev.lockstep.lock.Check;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;

/** The checks of several replicas as one list: what is the same of all stands there once, what is not names its replicas. */
final class MergedChecks {
    private MergedChecks() {}

    /** Merges checks by replica; notes may tell of a process, so they tell no replica from another. */
    static List<Check> of(SequencedMap<String, List<Check>> byReplica) {
        Map<Check, Found> merged = new LinkedHashMap<>();
        byReplica.forEach((replica, checks) -> checks.forEach(
                check -> merged.computeIfAbsent(check.noted(""), unused -> new Found(check, new LinkedHashSet<>()))
                        .replicas()
                        .add(replica)));
        return merged.values().stream()
                .map(found -> found.told(byReplica.size()))
                .toList();
    }

    /** A check as its first replica told it, and all replicas of which it is true. */
    private record Found(Check check, Set<String> replicas) {
        Check told(int all) {
            return replicas.size() == all ? check : check.at(String.join(", ", replicas));
        }
    }
}
