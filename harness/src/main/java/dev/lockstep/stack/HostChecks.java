package dev.lockstep.stack;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lockstep.lock.Check;
import dev.lockstep.lock.Hashing;
import dev.lockstep.lock.Lock;
import dev.lockstep.lock.Policies;
import dev.lockstep.lock.Tier;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** What the machine that serves a stack can prove of it: the files on its disk, and the process that serves them. */
public final class HostChecks {
    private final Lock lock;
    private final StackConfig config;
    private final Policies policies;
    private final TieredReading reading;
    private final ModelLayers layers;
    private final FileChecks files;

    private HostChecks(Lock lock, StackConfig config, Policies policies, TieredReading reading) {
        this.lock = lock;
        this.config = config;
        this.policies = policies;
        this.reading = reading;
        this.layers = new ModelLayers(reading);
        this.files = new FileChecks(lock, policies, layers);
    }

    /** Reads all bytes, and judges as stack.yaml says. */
    static HostChecks full(Lock lock, StackConfig config) {
        return of(lock, config, new Tier.Full(), Hashing.onAllCores());
    }

    /** Reads as much as a tier says, and judges as stack.yaml says. */
    public static HostChecks of(Lock lock, StackConfig config, Tier tier, Hashing hashing) {
        return new HostChecks(lock, config, config.policies(), new TieredReading(lock, tier, hashing));
    }

    /** Reads as much as a tier says; each value that is not the locked one is a mismatch, whatever stack.yaml allows. */
    public static HostChecks strict(Lock lock, StackConfig config, Tier tier, Hashing hashing) {
        return new HostChecks(lock, config, new Policies(new TreeMap<>()), new TieredReading(lock, tier, hashing));
    }

    /** Compares the files that stack.yaml names. */
    public List<Check> disk() {
        return files.onDisk(config);
    }

    /** Compares what the process was started with, and holds in memory. */
    public List<Check> process(ProcessEvidence evidence) {
        return new ProcessChecks(lock, policies, files).run(evidence);
    }

    /** Compares the files; weights that moved are named by their tensors. */
    List<Check> disk(ResolvedStack.Kept locked) {
        return new MovedTensors(locked, layers).named(disk());
    }

    /**
     * Compares the process, and how the model came about; weights that moved are named by their tensors.
     *
     * @param disk what was found of the files
     */
    List<Check> process(ProcessEvidence evidence, ResolvedStack.Kept locked, List<Check> disk) {
        List<Check> process = process(evidence);
        List<Check> seen = new ArrayList<>(disk);
        seen.addAll(process);
        List<Check> checks = new ArrayList<>(process);
        checks.addAll(new DerivationChecks(locked, config, layers).run(evidence, seen));
        return new MovedTensors(locked, layers).named(checks);
    }

    /** Returns what of the model's parts was read, by their roles, where that is not all. */
    public SortedMap<String, String> coverage() {
        return reading.coverage();
    }

    /** Returns what a process was started with, as a lock holds it: without ports, hosts, paths and secrets. */
    public static SortedMap<String, JsonNode> launch(LocalProcess process) {
        return LaunchLine.of(process).fields();
    }
}
