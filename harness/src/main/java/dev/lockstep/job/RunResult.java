package dev.lockstep.job;

import dev.lockstep.gate.Finding;
import dev.lockstep.gate.Verdict;
import dev.lockstep.lock.Check;
import dev.lockstep.run.RunHeader;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Everything a report says about one run.
 *
 * @param stack the stack's name
 * @param place where its files lie
 * @param profile which detectors ran: {@code nightly}
 * @param header the run log's header; empty when nothing was asked
 * @param lockId the lock that the stack was verified against
 * @param baseline what tonight was compared with; empty when there is none
 * @param suites one line a suite, in the order of their ids
 * @param unbaselined case paths that the baseline does not hold
 * @param runLog the run log; empty when nothing was asked
 */
public record RunResult(
        String stack,
        Place place,
        String profile,
        Optional<RunHeader> header,
        String lockId,
        Verdict verdict,
        List<Check> checks,
        List<Finding> findings,
        Optional<BaselineSummary> baseline,
        Counts counts,
        List<SuiteSummary> suites,
        List<String> unbaselined,
        Optional<Path> runLog) {

    public RunResult {
        checks = List.copyOf(checks);
        findings = List.copyOf(findings);
        suites = List.copyOf(suites);
        unbaselined = List.copyOf(unbaselined);
    }

    /**
     * Where a stack's files lie, as the user named them.
     *
     * @param stack the folder of stack.yaml
     * @param store the folder of lock and baseline; equal to {@code stack} unless the user chose another
     */
    public record Place(String stack, String store) {}

    /** How many samples were planned, and how they ended. */
    public record Counts(int planned, int answered, int refused, int failed) {}

    /**
     * The baseline that tonight was compared with.
     *
     * @param calibration per detector, in words: {@code L1 deterministic (4 runs, 312 comparisons)}
     */
    public record BaselineSummary(String lockId, List<String> runIds, List<String> calibration, String approvedBy) {}

    /**
     * A suite's mean score.
     *
     * @param tonight mean over the scored samples, 0 to 1; NaN is never used, a suite without scorers is left out
     * @param baseline the same samples' mean in the first approved run; empty without a baseline
     */
    public record SuiteSummary(String suite, int samples, double tonight, Optional<Double> baseline, int flipped) {}
}
