package dev.lockstep.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.Collections;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The first line of a run log: what was planned, and of which stack.
 *
 * @param caseHashes case path to case hash
 * @param scorerVersions scorer name to version
 * @param lockId the lock that the stack was verified against
 * @param epoch the start of the server at the run's beginning
 * @param requestHash says whether two runs were asked in the same way; empty in a log that does not tell
 * @param concurrency most requests at once, which decides the noise of a server that batches; empty in a log that does not tell
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
        OptionalInt concurrency,
        String stratum) {
    private static final Pattern DAY = Pattern.compile("run-(\\d{8})T");

    public RunHeader {
        caseHashes = Collections.unmodifiableSortedMap(new TreeMap<>(caseHashes));
        scorerVersions = Collections.unmodifiableSortedMap(new TreeMap<>(scorerVersions));
    }

    /** Makes a header that does not tell how many requests were under way at once. */
    public RunHeader(
            String runId,
            String planHash,
            SortedMap<String, String> caseHashes,
            SortedMap<String, Integer> scorerVersions,
            String lockId,
            String epoch,
            String requestHash) {
        this(runId, planHash, caseHashes, scorerVersions, lockId, epoch, requestHash, OptionalInt.empty());
    }

    /** Makes a header of a lock that allows one value for each field. */
    public RunHeader(
            String runId,
            String planHash,
            SortedMap<String, String> caseHashes,
            SortedMap<String, Integer> scorerVersions,
            String lockId,
            String epoch,
            String requestHash,
            OptionalInt concurrency) {
        this(runId, planHash, caseHashes, scorerVersions, lockId, epoch, requestHash, concurrency, "");
    }

    /** Returns the header of a run of a stack that has these of several values which its lock allows. */
    public RunHeader within(String values) {
        return new RunHeader(
                runId, planHash, caseHashes, scorerVersions, lockId, epoch, requestHash, concurrency, values);
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
                node.has("concurrency")
                        ? OptionalInt.of(node.path("concurrency").asInt())
                        : OptionalInt.empty(),
                node.path("stratum").asText());
    }

    /** Returns whether a run is known to have been asked in another way: other extras, another name, another form of videos. */
    public boolean isAskedUnlike(RunHeader other) {
        return !requestHash.isEmpty() && !other.requestHash.isEmpty() && !requestHash.equals(other.requestHash);
    }

    /** Returns whether a run is known to have been asked with more or fewer requests at once. */
    public boolean isAskedUnderOtherLoadThan(RunHeader other) {
        return concurrency.isPresent() && other.concurrency.isPresent() && !concurrency.equals(other.concurrency);
    }

    /** Returns the day of the run (UTC), as its id tells; empty when it tells none. */
    public Optional<LocalDate> day() {
        Matcher matcher = DAY.matcher(runId);
        return matcher.lookingAt()
                ? Optional.of(LocalDate.parse(matcher.group(1), DateTimeFormatter.BASIC_ISO_DATE))
                : Optional.empty();
    }

    /** Adds all fields to a JSON object. */
    public void writeTo(ObjectNode node) {
        node.put("runId", runId)
                .put("planHash", planHash)
                .put("lockId", lockId)
                .put("epoch", epoch)
                .put("requestHash", requestHash);
        concurrency.ifPresent(atOnce -> node.put("concurrency", atOnce));
        if (!stratum.isEmpty()) {
            node.put("stratum", stratum);
        }
        caseHashes.forEach(node.putObject("caseHashes")::put);
        scorerVersions.forEach(node.putObject("scorerVersions")::put);
    }
}
