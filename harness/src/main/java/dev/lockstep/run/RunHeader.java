package dev.lockstep.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
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
 * @param requestHash says whether two runs were asked in the same way; empty in a log that does not tell
 * @param stratum the values of the fields that the lock allows several of; runs of another stratum are no comparison
 */
public record RunHeader(
        String runId,
        String planHash,
        SortedMap<String, String> caseHashes,
        SortedMap<String, Integer> scorerVersions,
        String lockId,
        String epoch,
        String requestHash,
        String stratum) {

    /** Of a lock that allows one value for each field. */
    public RunHeader(
            String runId,
            String planHash,
            SortedMap<String, String> caseHashes,
            SortedMap<String, Integer> scorerVersions,
            String lockId,
            String epoch,
            String requestHash) {
        this(runId, planHash, caseHashes, scorerVersions, lockId, epoch, requestHash, "");
    }

    public RunHeader {
        caseHashes = Collections.unmodifiableSortedMap(new TreeMap<>(caseHashes));
        scorerVersions = Collections.unmodifiableSortedMap(new TreeMap<>(scorerVersions));
    }

    /** Reads what {@link #writeTo} wrote. */
    public static RunHeader of(JsonNode node) {
        SortedMap<String, String> hashes = new TreeMap<>();
        node.path("caseHashes")
                .properties()
                .forEach(field -> hashes.put(field.getKey(), field.getValue().asText()));
        SortedMap<String, Integer> versions = new TreeMap<>();
        node.path("scorerVersions")
                .properties()
                .forEach(field -> versions.put(field.getKey(), field.getValue().asInt()));
        return new RunHeader(
                node.path("runId").asText(),
                node.path("planHash").asText(),
                hashes,
                versions,
                node.path("lockId").asText(),
                node.path("epoch").asText(),
                node.path("requestHash").asText(),
                node.path("stratum").asText());
    }

    /** Returns whether a run is known to have been asked in another way: other extras, another name, another form of videos. */
    public boolean isAskedUnlike(RunHeader other) {
        return !requestHash.isEmpty() && !other.requestHash.isEmpty() && !requestHash.equals(other.requestHash);
    }

    /** Adds all fields to a JSON object. */
    public void writeTo(ObjectNode node) {
        node.put("runId", runId)
                .put("planHash", planHash)
                .put("lockId", lockId)
                .put("epoch", epoch)
                .put("requestHash", requestHash);
        if (!stratum.isEmpty()) {
            node.put("stratum", stratum);
        }
        caseHashes.forEach(node.putObject("caseHashes")::put);
        scorerVersions.forEach(node.putObject("scorerVersions")::put);
    }
}
