package dev.lockstep.simulation;

import dev.lockstep.stats.PairedCounts;
import org.apache.commons.statistics.distribution.NormalDistribution;

/**
 * A peer: lm-evaluation-harness's comparison of two models, z of two accuracies as if they came from different items.
 *
 * <p>z = (a₁ − a₂) / √(se₁² + se₂²) with se² = a(1 − a)/(n − 1), two-sided; it marks p &gt; α as agreement.
 *
 * <p>Source: EleutherAI/lm-evaluation-harness, scripts/model_comparator.py.
 */
final class UnpairedZRule {
    private static final NormalDistribution NORMAL = NormalDistribution.of(0, 1);

    private UnpairedZRule() {}

    static boolean alarms(PairedCounts scores, double alpha) {
        double items = scores.items();
        double before = (scores.both() + scores.losses()) / items;
        double after = (scores.both() + scores.gains()) / items;
        double variance = (before * (1 - before) + after * (1 - after)) / (items - 1);
        return variance > 0 && 2 * NORMAL.survivalProbability(Math.abs(before - after) / Math.sqrt(variance)) <= alpha;
    }
}
