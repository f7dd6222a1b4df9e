package dev.lockstep.stack;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A process of this machine, as the kernel describes it.
 *
 * @param startTicks clock ticks from boot to its start
 * @param started the same as a time, good to a few hundredths of a second
 * @param argv the words it was started with
 * @param folder its working directory
 * @param searchPath its PATH; empty when it has none
 */
public record LocalProcess(
        long pid,
        long startTicks,
        Instant started,
        List<String> argv,
        Path executable,
        Path folder,
        String searchPath,
        List<MappedFile> mapped) {

    public LocalProcess {
        argv = List.copyOf(argv);
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
