package dev.lockstep.simulation;

import dev.lockstep.stats.LogprobTracking;
import dev.lockstep.stats.Permutations;
import dev.lockstep.stats.TopLogprobs;
import java.util.List;

/**
 * A peer: logprob tracking (LT), the top-20 list of one token after one prompt, asked ten times a run, labels permuted.
 *
 * <p>Source: Chauvin et al., ICLR 2026 (arXiv 2512.03816), and the program published with it, as {@link LogprobTracking} has it.
 */
final class LogprobTrackingRule {

    private LogprobTrackingRule() {}

    static boolean alarms(
            List<TopLogprobs> baseline, List<TopLogprobs> tonight, Permutations permutations, double alpha) {
        return LogprobTracking.pValue(baseline, tonight, permutations) <= alpha;
    }
}
