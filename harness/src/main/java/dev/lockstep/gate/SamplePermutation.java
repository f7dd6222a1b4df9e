package dev.lockstep.gate;

import dev.lockstep.stats.FamilyResult;
import dev.lockstep.stats.MeanDifference;
import dev.lockstep.stats.MeanSimilarity;
import dev.lockstep.stats.PermutationResult;
import dev.lockstep.stats.Permutations;
import dev.lockstep.stats.SampleKernel;
import dev.lockstep.stats.TwoArmStatistic;
import java.util.ArrayList;
import java.util.List;

/**
 * Tests sampled answers by exchanging tonight's and the approved runs' within prompts: right where nothing but the seeds tells
 * one run from the next.
 *
 * <p>All statistics are looked at on the same arrangements; the smallest p-value counts, as Westfall and Young adjust it.
 */
final class SamplePermutation {
    /** The mean size of a normal variable, in standard deviations: √(2/π). */
    private static final double MEAN_SIZE = Math.sqrt(2 / Math.PI);

    private final SampleArm now;
    private final SampleArm then;
    private final FamilyResult family;

    private SamplePermutation(SampleArms arms, Permutations permutations) {
        this.now = arms.tonight();
        this.then = arms.pooled();
        SampleKernel kernel = SampleKernel.of(now.tokens(), then.tokens(), SampleTests.SIMILARITY);
        List<TwoArmStatistic> statistics =
                new ArrayList<>(List.of(kernel.discrepancyWithSelfPairs(), kernel.diversity()));
        for (SampleMetric metric : SampleMetric.values()) {
            statistics.add(MeanDifference.of(now.values(metric), then.values(metric)));
        }
        this.family = permutations.family(statistics);
    }

    /** Tests all statistics; the same permutations give the same p-values. */
    static SampleTests of(SampleArms arms, Permutations permutations) {
        return new SamplePermutation(arms, permutations).tests();
    }

    private SampleTests tests() {
        List<SampleTest> each = new ArrayList<>();
        PermutationResult distance = family.statistics().getFirst();
        double ratio = distance.expected() == 0 ? 1 : distance.test().statistic() / distance.expected();
        each.add(SampleTest.distance(distance.test().pValue(), ratio, 1));
        each.add(test(each.size(), SampleTest.SIMILARITY, similarity(now), similarity(then)));
        for (SampleMetric metric : SampleMetric.values()) {
            each.add(test(each.size(), metric.words(), now.mean(metric), then.mean(metric)));
        }
        return new SampleTests(DriftRule.Basis.ANSWERS, family.test().pValue(), each);
    }

    private SampleTest test(int number, String name, double tonight, double before) {
        PermutationResult result = family.statistics().get(number);
        double error = result.expected() / MEAN_SIZE;
        return new SampleTest(name, result.test().pValue(), tonight, before, error, SampleTest.NORMAL);
    }

    private static double similarity(SampleArm arm) {
        return MeanSimilarity.of(arm.tokens(), SampleTests.SIMILARITY);
    }
}
