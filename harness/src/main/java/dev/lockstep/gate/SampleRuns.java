package dev.lockstep.gate;

import dev.lockstep.stats.MeanEstimate;
import dev.lockstep.stats.MeanSimilarity;
import dev.lockstep.stats.PermutationResult;
import dev.lockstep.stats.Permutations;
import dev.lockstep.stats.RunLevelT;
import dev.lockstep.stats.RunMeanT;
import dev.lockstep.stats.SampleKernel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/**
 * Tests sampled answers by holding each statistic of the run against those of the approved runs: the run is the unit, for its
 * samples share its noise.
 *
 * <p>The smallest p-value counts as often as there are statistics.
 */
final class SampleRuns {
    private static final int DRAWS = 199;

    private final SampleArms arms;
    private final long seed;

    private SampleRuns(SampleArms arms, long seed) {
        this.arms = arms;
        this.seed = seed;
    }

    /** Tests all statistics against the runs, at least two. */
    static SampleTests of(SampleArms arms, long seed) {
        return new SampleRuns(arms, seed).tests();
    }

    private SampleTests tests() {
        List<SampleTest> each = new ArrayList<>();
        each.add(distance());
        each.add(test(SampleTest.SIMILARITY, arm -> MeanSimilarity.of(arm.tokens(), SampleTests.SIMILARITY)));
        for (SampleMetric metric : SampleMetric.values()) {
            each.add(test(metric.words(), arm -> arm.mean(metric)));
        }
        double least = each.stream().mapToDouble(SampleTest::pValue).min().orElse(1);
        return new SampleTests(Finding.BY_RUNS, Math.min(1, least * each.size()), each);
    }

    /** Runs are taken to vary by one sample at least, for what did not vary in ten runs may in the eleventh. */
    private SampleTest test(String name, ToDoubleFunction<SampleArm> figure) {
        double[] runs = arms.runs().stream().mapToDouble(figure).toArray();
        double now = figure.applyAsDouble(arms.tonight());
        double least = 1.0 / Math.max(1, arms.tonight().size());
        MeanEstimate change = RunMeanT.change(runs, now, least);
        return new SampleTest(
                name,
                change.test().pValue(),
                now,
                now - change.mean(),
                change.standardError(),
                change.degreesOfFreedom());
    }

    /** Where the approved runs do not vary nothing tells how far is far; what changed shows in the other statistics. */
    private SampleTest distance() {
        double[] runs = IntStream.range(0, arms.runs().size())
                .mapToDouble(run -> ratio(arms.runs().get(run), arms.pooledWithout(run)))
                .toArray();
        double now = ratio(arms.tonight(), arms.pooled());
        double then = Arrays.stream(runs).average().orElse(1);
        boolean vary = Arrays.stream(runs).distinct().count() > 1;
        return SampleTest.distance(vary ? RunLevelT.upperTail(runs, now) : 1, now, then);
    }

    /** Divides the discrepancy by its mean under permutations, so that arms of other sizes compare. */
    private double ratio(SampleArm one, SampleArm others) {
        SampleKernel kernel = SampleKernel.of(one.tokens(), others.tokens(), SampleTests.SIMILARITY);
        PermutationResult result = new Permutations(seed, DRAWS).test(kernel.discrepancyWithSelfPairs());
        return result.expected() == 0 ? 1 : result.test().statistic() / result.expected();
    }
}
