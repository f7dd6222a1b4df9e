package dev.lockstep.stack;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A process of this machine, as the kernel describes it.
 *
 * @param startTicks clock ticks from boot to its start
 * @param started the same as a time, good to a few hundredths of a second
 * @param argv the words it was started with
 * @param origin where its paths begin
 * @param searchPath its PATH; empty when it has none
 * @param environment its variables that may change answers, as the lock holds them: without secrets
 * @param mounts what is mounted where it looks
 */
public record LocalProcess(
        long pid,
        long startTicks,
        Instant started,
        List<String> argv,
        Path executable,
        PathOrigin origin,
        String searchPath,
        SortedMap<String, JsonNode> environment,
        List<MappedFile> mapped,
        MountTable mounts) {

    public LocalProcess {
        argv = List.copyOf(argv);
        environment = Collections.unmodifiableSortedMap(new TreeMap<>(environment));
        mapped = List.copyOf(mapped);
    }

    /** Makes a process that sees the files of this one, on one file system. */
    public LocalProcess(
            long pid,
            long startTicks,
            Instant started,
            List<String> argv,
            Path executable,
            Path folder,
            String searchPath,
            SortedMap<String, JsonNode> environment,
            List<MappedFile> mapped) {
        this(
                pid,
                startTicks,
                started,
                argv,
                executable,
                PathOrigin.here(folder),
                searchPath,
                environment,
                mapped,
                new MountTable(List.of()));
    }

    /** Returns the name of this start of the process, which no other start has until the next boot. */
    public String epoch() {
        return pid + ":" + startTicks;
    }

    /** Tells whether it holds a file in memory. */
    boolean maps(Path real) throws IOException {
        for (MappedFile each : mapped) {
            if (each.is(real, mounts)) {
                return true;
            }
        }
        return false;
    }

    /** Returns a file in its memory that has, or had, one of these names. */
    Optional<MappedFile> mappedAs(Set<String> names) {
        return mapped.stream()
                .filter(each -> names.contains(String.valueOf(each.path().getFileName())))
                .findFirst();
    }

    /** Tells whether it still holds something in a folder, by the folder's present name: it was not moved there since. */
    boolean isAnchoredIn(Path folder) throws IOException {
        if (origin.folder().startsWith(folder)) {
            return true;
        }
        for (MappedFile each : mapped) {
            if (each.path().startsWith(folder) && Files.exists(each.path()) && each.is(each.path(), mounts)) {
                return true;
            }
        }
        return false;
    }

    @Override
    public String toString() {
        return "process " + pid + " (" + executable.getFileName() + ")";
    }
}
