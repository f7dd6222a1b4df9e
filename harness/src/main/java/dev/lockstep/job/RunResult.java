package dev.lockstep.job;

import dev.lockstep.baseline.Baseline;
import dev.lockstep.baseline.BaselineRun;
import dev.lockstep.baseline.Calibration;
import dev.lockstep.gate.Diagnosis;
import dev.lockstep.gate.Finding;
import dev.lockstep.gate.PolicyInForce;
import dev.lockstep.gate.Verdict;
import dev.lockstep.lock.Check;
import dev.lockstep.lock.Layer;
import dev.lockstep.lock.LockCoverage;
import dev.lockstep.lock.Tier;
import dev.lockstep.run.RunHeader;
import dev.lockstep.stack.ReplicaSet;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Everything a report says about one run.
 *
 * @param stack the stack's name
 * @param place where its files lie, and how it was asked
 * @param profile how much was asked: {@code nightly}
 * @param policy what a person decided about the verdict
 * @param header the run log's header; empty when nothing was asked
 * @param lockId the lock that the stack was verified against
 * @param absent layers that the stack does not have, as its lock says; empty when it was not reached
 * @param baseline what tonight was compared with; empty when there is none
 * @param suites one line a suite, in the order of their ids
 * @param unbaselined case paths that the baseline does not hold
 * @param runLog the run log; empty when nothing was asked
 * @param diagnosis what is told beside the verdict
 * @param sight what could be seen of the stack
 */
public record RunResult(
        String stack,
        Place place,
        String profile,
        PolicyInForce policy,
        Optional<RunHeader> header,
        String lockId,
        Verdict verdict,
        List<Check> checks,
        Set<Layer> absent,
        List<Finding> findings,
        Optional<BaselineSummary> baseline,
        Counts counts,
        List<SuiteSummary> suites,
        List<String> unbaselined,
        Optional<Path> runLog,
        Diagnosis diagnosis,
        Sight sight) {
    /** How the reason of a run begins that was asked in another way than its baseline. */
    public static final String ASKED_OTHERWISE = "asked in another way than the baseline";

    public RunResult {
        checks = List.copyOf(checks);
        absent = Set.copyOf(absent);
        findings = List.copyOf(findings);
        suites = List.copyOf(suites);
        unbaselined = List.copyOf(unbaselined);
    }

    /**
     * What could be seen of a stack.
     *
     * @param coverage how many fields of its lock are known in which way of what answers; empty when nobody counted
     * @param replicas its servers, as they were verified; empty when nothing answered
     * @param answered how many samples each replica answered, by name; empty where no sample names one
     */
    public record Sight(
            Optional<LockCoverage> coverage, Optional<ReplicaSet> replicas, SortedMap<String, Integer> answered) {
        public Sight {
            answered = Collections.unmodifiableSortedMap(new TreeMap<>(answered));
        }

        public static Sight nothing() {
            return new Sight(Optional.empty(), Optional.empty(), new TreeMap<>());
        }
    }

    /**
     * Where a stack's files lie and how it was asked, as the user named it: all that the same command needs again.
     *
     * @param stack the folder of stack.yaml, or the file itself under another name
     * @param store the folder of lock and baseline; equal to {@code stack} unless the user chose another
     * @param suites folders or files of the suites that were planned, in their order
     * @param gate the policy that the user named; empty when it was found beside the lock, or nowhere
     * @param tier how much of the model's files was read: {@code full}, {@code cached} or {@code sampled}
     */
    public record Place(
            String stack,
            String store,
            List<String> suites,
            Optional<String> gate,
            Server server,
            Invocation invocation,
            String tier) {
        public Place {
            suites = List.copyOf(suites);
        }

        /** A place where all bytes of the model's files were read. */
        public Place(
                String stack,
                String store,
                List<String> suites,
                Optional<String> gate,
                Server server,
                Invocation invocation) {
            this(stack, store, suites, gate, server, invocation, new Tier.Full().key());
        }

        /** Returns the same place, judged by another policy. */
        Place withGate(Optional<String> other) {
            return new Place(stack, store, suites, other, server, invocation, tier);
        }
    }

    /**
     * Which server was asked.
     *
     * @param running the name under which a managed stack was up, when it was not the stack's own
     * @param url the address, when it was not the one in stack.yaml
     * @param epoch the operator's word for the server's start, when it was given
     * @param managed whether Lockstep starts and stops it
     */
    public record Server(Optional<String> running, Optional<String> url, Optional<String> epoch, boolean managed) {}

    /** How many samples were planned, and how they ended. */
    public record Counts(int planned, int answered, int refused, int failed) {}

    /**
     * The baseline that tonight was compared with.
     *
     * @param calibration per detector, in words: {@code L1 deterministic (4 runs, 312 comparisons)}
     * @param runsNeeded how many runs in all every detector needs to know its noise
     * @param runsNeededIfNoisy how many would measure a noise that the approved ones do not show
     */
    public record BaselineSummary(
            String lockId,
            List<String> runIds,
            List<String> calibration,
            String approvedBy,
            int runsNeeded,
            int runsNeededIfNoisy) {
        static BaselineSummary of(Baseline baseline) {
            return new BaselineSummary(
                    baseline.lockId(),
                    baseline.runs().stream().map(BaselineRun::runId).toList(),
                    baseline.calibrations().stream().map(Calibration::toString).toList(),
                    baseline.approvedBy(),
                    baseline.runsNeeded(),
                    baseline.runsNeededIfNoisy());
        }
    }

    /**
     * A suite's mean score.
     *
     * @param tonight mean over the scored samples, 0 to 1; NaN is never used, a suite without scorers is left out
     * @param baseline the same samples' mean in the first approved run; empty without a baseline
     */
    public record SuiteSummary(String suite, int samples, double tonight, Optional<Double> baseline, int flipped) {}
}
