package dev.lockstep.evidence;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lockstep.lock.Check;
import dev.lockstep.lock.Layer;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What somebody beside a server found of its stack.
 *
 * @param at when it was made
 * @param by what made it
 * @param lockId the lock that it was compared with
 * @param model what the model is called where it came from
 * @param tier how much of the files was read
 * @param coverage what of the model's parts was read, by role, where that is not all
 * @param process the process that serves; empty for evidence of the disk alone
 * @param container the container that it runs in, as far as its environment tells
 * @param results how the fields of the lock compared
 * @param files digests of whole files, where nobody compared fields
 */
record Evidence(
        Instant at,
        String by,
        String lockId,
        String model,
        String tier,
        SortedMap<String, String> coverage,
        Optional<Served> process,
        Container container,
        List<Result> results,
        List<FileClaim> files) {

    Evidence {
        coverage = Collections.unmodifiableSortedMap(new TreeMap<>(coverage));
        results = List.copyOf(results);
        files = List.copyOf(files);
    }

    /** Tells whether only some chunks of large files were read. */
    boolean isSampled() {
        return tier.equals("sampled");
    }

    /**
     * A process that serves.
     *
     * @param ticks clock ticks from boot to its start
     * @param started the same as a time
     * @param boot the boot of its machine
     * @param shown what its endpoint shows of this start
     * @param named what the operator calls this start
     * @param launch what it was started with, without secrets
     */
    record Served(
            long pid,
            long ticks,
            Instant started,
            String boot,
            Optional<String> shown,
            Optional<String> named,
            SortedMap<String, JsonNode> launch) {
        Served {
            launch = Collections.unmodifiableSortedMap(new TreeMap<>(launch));
        }
    }

    /**
     * How a field compared.
     *
     * @param step disk or process
     * @param found what was found instead of the locked value; empty when there is nothing, or it is the locked one
     */
    record Result(Layer layer, Check.Step step, String field, Check.Outcome outcome, String found, String note) {}

    /**
     * The digest of a file.
     *
     * @param role its part in the stack, as in the lock
     * @param path in the model's folder, with {@code /}; the name of a file that is the model
     * @param changed seconds since 1970 of its last change (ctime)
     */
    record FileClaim(String role, String path, String sha256, long changed) {}
}
