package dev.lockstep.stack;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A process of this machine, as the kernel describes it.
 *
 * @param startTicks clock ticks from boot to its start
 * @param started the same as a time, good to a few hundredths of a second
 * @param argv the words it was started with
 * @param folder its working directory
 * @param searchPath its PATH; empty when it has none
 * @param environment its variables that may change answers, as the lock holds them: without secrets
 */
public record LocalProcess(
        long pid,
        long startTicks,
        Instant started,
        List<String> argv,
        Path executable,
        Path folder,
        String searchPath,
        SortedMap<String, JsonNode> environment,
        List<MappedFile> mapped) {

    public LocalProcess {
        argv = List.copyOf(argv);
        environment = Collections.unmodifiableSortedMap(new TreeMap<>(environment));
        mapped = List.copyOf(mapped);
    }

    /** Returns the name of this start of the process, which no other start has until the next boot. */
    public String epoch() {
        return pid + ":" + startTicks;
    }

    Optional<MappedFile> mapping(Path file) {
        return mapped.stream().filter(each -> each.path().equals(file)).findFirst();
    }

    @Override
    public String toString() {
        return "process " + pid + " (" + executable.getFileName() + ")";
    }
}
