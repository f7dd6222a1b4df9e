package dev.lockstep.run;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The first line of a run log: what was planned, and of which stack.
 *
 * @param caseHashes case path to case hash
 * @param scorerVersions scorer name to version
 * @param lockId the lock that the stack was verified against
 * @param epoch the start of the server at the run's beginning
 */
public record RunHeader(
        String runId,
        String planHash,
        SortedMap<String, String> caseHashes,
        SortedMap<String, Integer> scorerVersions,
        String lockId,
        String epoch) {

    public RunHeader {
        caseHashes = Collections.unmodifiableSortedMap(new TreeMap<>(caseHashes));
        scorerVersions = Collections.unmodifiableSortedMap(new TreeMap<>(scorerVersions));
    }
}
